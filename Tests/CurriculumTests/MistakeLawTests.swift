import LessonKit
import Probability
import Testing

@testable import Assignments
@testable import Curriculum

@Suite("Diagnosis of a score-function estimator")
struct MistakeLawTests {
  // Catches: a table of fingerprints that is out of date.
  @Test("The table of laws is what the mistakes do on the example")
  func table() throws {
    #expect(MistakeLaw.scoreFunction.map(\.name) == Lesson04.scoreFunctionMistakes.map(\.name))
    for mistake in Lesson04.scoreFunctionMistakes {
      let one = try mistake.subject.moments(.twoFactors, samples: 1)
      let two = try mistake.subject.moments(.twoFactors, samples: 2)
      let known = MistakeLaw.scoreFunction.first { $0.name == mistake.name }
      let literal = """
        MistakeLaw(
              name: "\(mistake.name)",
              words: "\(mistake.summary)",
              mean: \(one.mean), variances: \(one.variances),
              meanOfTwo: \(two.mean), variancesOfTwo: \(two.variances),
              outcomes: \(two.outcomes)),
        """
      #expect(known?.matches(one, two) == true, "\(literal)")
      #expect(known?.words == mistake.summary)
    }
  }

  @Test("The answer is found right, and every mistake wrong and called by its name")
  func named() {
    #expect(ScoreFunctionDiagnosis(of: LibraryScoreFunction()).complaints.isEmpty)
    for mistake in Lesson04.scoreFunctionMistakes {
      let diagnosis = ScoreFunctionDiagnosis(of: mistake.subject)
      #expect(!diagnosis.holds && diagnosis.likeness?.name == mistake.name)
    }
  }

  private func complaint(
    _ name: String, _ aspect: ScoreFunctionDiagnosis.Aspect
  ) throws -> String {
    let mistake = try #require(Lesson04.scoreFunctionMistakes.first { $0.name == name })
    return try #require(ScoreFunctionDiagnosis(of: mistake.subject).complaints[aspect])
  }

  // Catches: a diagnosis that refuses for the wrong reason.
  @Test("The words are the right ones")
  func words() throws {
    #expect(try complaint("wrong-sign", .mean).contains("wrong sign"))
    #expect(try complaint("sum-in-place-of-mean", .average).contains("2.0 times the exact value"))
    #expect(try complaint("baseline-after-the-score", .mean).contains("biased"))
    #expect(try complaint("no-baseline", .spread).contains("times as much"))
    #expect(try complaint("same-sample-again", .outcomes).contains("the outcomes are 4; 16"))
    #expect(try complaint("returns-the-oracle", .spread).contains("does not sample"))
    #expect(try complaint("standardised-by-variance", .mean).contains("rescaled"))
  }

  private struct Stub: ScoreFunctionForm {
    func estimate<Choices: DiscreteChoices>(
      _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
    ) throws(ChoiceError) -> [Double] { problem.baselines.map { _ in 0 } }
  }

  private struct Endless: ScoreFunctionForm {
    func estimate<Choices: DiscreteChoices>(
      _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
    ) throws(ChoiceError) -> [Double] {
      while !(try choices.flip(0.5)) {}
      return [0, 0]
    }
  }

  private struct Short: ScoreFunctionForm {
    func estimate<Choices: DiscreteChoices>(
      _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
    ) throws(ChoiceError) -> [Double] { [try choices.flip(0.5) ? 1 : 2] }
  }

  @Test("An empty stub, an endless program and a list too short are told so")
  func unusable() {
    #expect(
      ScoreFunctionDiagnosis(of: Stub()).complaints[.runs]?.contains("nothing has been written")
        == true)
    #expect(
      ScoreFunctionDiagnosis(of: Endless()).complaints[.runs]?.contains("does it end?") == true)
    #expect(ScoreFunctionDiagnosis(of: Short()).complaints[.runs]?.contains("returned: 1.") == true)
  }
}
