import Assignments
import LessonKit

extension HomeworkTemplate {
  /// The score-function exercise of lesson 04.
  static let scoreFunction = HomeworkTemplate(lesson: "04-nvil") { package in
    [
      ("Package.swift", homeworkManifest(package)),
      ("README.md", scoreFunctionReadme),
      ("Sources/Homework/ScoreFunction.swift", scoreFunctionStub),
      ("Tests/HomeworkTests/ScoreFunctionTests.swift", scoreFunctionTests),
      (".gitignore", ".build/\n"),
    ]
  }
}

/// The task and its hints, as the exercise has them.
private let scoreFunctionReadme: String = {
  let assignment = Assignment.scoreFunction
  let hints = assignment.hints.enumerated().map { number, hint in
    let wrapped = Wrapping.paragraph(hint, width: 80).joined(separator: "\n")
    return "<details><summary>Hint \(number + 1)</summary>\n\n\(wrapped)\n\n</details>\n"
  }
  return """
    # \(assignment.title)

    \(Wrapping.paragraph(assignment.task, width: 80).joined(separator: "\n"))

        g_d = (1/S) Σ_s (f(z_s) − c_d) (z_sd − b_d)      z_s ~ q

    Edit one file, `Sources/Homework/ScoreFunction.swift`, and run

        swift test --disable-xctest

    Your program is run on every outcome of its choices, so the tests know its exact
    mean, variance and number of outcomes: no seed, no tolerance for luck. They tell
    what is wrong (sign, scale, bias, variance, outcomes) and, where your program
    behaves like a mistake that is known, which one.

    What you may use of a problem:

    | expression | meaning |
    |---|---|
    | `problem.model.logJoint(z)` | log p(x, z), x being observed |
    | `problem.q.probabilities[d]` | b_d = q(z_d = 1) |
    | `problem.q.logProbability(z)` | log q(z) |
    | `try problem.q.sample(&choices)` | one sample of q: a list of zeros and ones |
    | `problem.baselines[d]` | c_d |
    | `try choices.flip(p)` | true with probability p |

    Open the hints one at a time, from a nudge to nearly the answer.

    \(hints.joined(separator: "\n"))
    """
}()

private let scoreFunctionStub = """
  import Assignments
  import Models
  import Probability

  /// The score-function estimator of the gradient of the ELBO. README.md has the task.
  public struct MyScoreFunction: ScoreFunctionForm {
    public init() {}

    public func estimate<Choices: DiscreteChoices>(
      _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
    ) throws(ChoiceError) -> [Double] {
      // Write your estimator here. As it stands it returns zeros.
      let gradient = [Double](repeating: 0, count: problem.q.count)
      return gradient
    }
  }

  """

private let scoreFunctionTests = """
  import Assignments
  import Homework
  import LessonKit
  import Testing

  // Nothing is to be edited here.

  private let diagnosis = ScoreFunctionDiagnosis(of: MyScoreFunction())

  @Suite("Your score-function estimator")
  struct ScoreFunctionTests {
    @Test("It has the law that it should have", arguments: ScoreFunctionDiagnosis.Aspect.allCases)
    func law(aspect: ScoreFunctionDiagnosis.Aspect) {
      if let complaint = diagnosis.complaints[aspect] {
        Issue.record("\\(complaint)")
      }
    }

    @Test("It behaves like no known mistake")
    func likeness() {
      if let mistake = diagnosis.likeness {
        Issue.record("It behaves like the mistake \\(mistake.name): \\(mistake.words).")
      }
    }

    @Test("It holds on random models", .enabled(if: diagnosis.holds))
    func randomModels() {
      for report in Assignment.scoreFunction.judge(MyScoreFunction()) where !report.holds {
        let line = Assignment.scoreFunction.lines.first { $0.id == report.id }
        Issue.record(
          \"\"\"
          On one of 200 random models it breaks \\(line?.formula ?? report.id). \\
          Does it depend on the example, with its two bits?
          \"\"\")
      }
    }
  }

  """
