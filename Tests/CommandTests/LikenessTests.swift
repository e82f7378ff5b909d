import JSONText
import Judge
import Testing

@testable import LessonRunner

/// Programs that are the library's estimators, or known mistakes, in other words.
@Suite("Which known estimator a program behaves like", .enabled(if: Submission.hasPython))
struct LikenessTests {
  /// S draws and a mean over them of what `body` makes of f, the score, q, a place s and all draws.
  private static func averaged(_ body: String) -> String {
    """
    draws = [draw(task, choices) for s in range(task.samples)]
    n, total = len(draws), [0.0] * len(task.q)
    for s, (f, score) in enumerate(draws):
        others = [g for t, (g, _) in enumerate(draws) if t != s]
        everyone = [g for g, _ in draws]
        term = \(body)
        total = [t + x / n for t, x in zip(total, term)]
    return total
    """
  }

  private func likeness(_ body: String, samples: Int = 2) throws -> Likeness {
    let report = try Submission.python(body).judged(samples: samples)
    // Catches: a key of the JSON that says more, or less, than the sentence.
    let key =
      report.likeness?.isOfWholeLaw == false ? "mistakesWithThisMean" : "mistakesWithThisLaw"
    let others = Set(["mistakesWithThisMean", "mistakesWithThisLaw"]).subtracting([key])
    #expect(report.json[key] == .strings(report.likeness?.mistakes.map(\.name) ?? []))
    #expect(others.allSatisfy { report.json[$0] == nil })
    return try #require(report.likeness, "\(report.words)\n\(report.complaints)")
  }

  @Test(
    "The library's estimators are known by their whole law, in other words",
    arguments: [
      ("[f * g for g in score]", "score function"),
      ("[(f + 4) * g for g in score]", "constant baseline"),
      ("[(f - sum(others) / len(others)) * g for g in score]", "leave-one-out"),
    ])
  func estimators(term: String, name: String) throws {
    let found = try likeness(Self.averaged(term))
    #expect(found.estimators.first == name, "\(found.estimators)")
    #expect(found.mistakes.isEmpty)
    #expect(found.sentences[0].contains("exactly the law of the library's \(name)"))
  }

  @Test(
    "Mistakes are told their names",
    arguments: [
      ("[-f * g for g in score]", "wrong-sign"),
      ("[f * g * n for g in score]", "sum-in-place-of-mean"),
      ("[(f - sum(everyone) / n) * g for g in score]", "includes-itself"),
      ("[f] * len(score)", "leaves-the-score-out"),
    ])
  func mistakes(term: String, name: String) throws {
    let found = try likeness(Self.averaged(term))
    #expect(found.estimators.isEmpty)
    #expect(found.isOfWholeLaw)
    #expect(found.mistakes.contains { $0.name == name }, "\(found.mistakes.map(\.name))")
    #expect(found.sentences[0].contains("exactly the law of the mistake"))
  }

  @Test("The mean of a mistake is known where its law is another: any baseline, and a sign turned")
  func means() throws {
    let found = try likeness(Self.averaged("[-(f + 7) * g for g in score]"))
    #expect(!found.isOfWholeLaw)
    #expect(found.mistakes.contains { $0.name == "wrong-sign" })
    #expect(found.sentences[0].contains("Its mean is exactly that of the mistake"))
  }

  @Test("What is right and nobody's is not taken for anything")
  func others() throws {
    let odd = try likeness(Self.averaged("[(f + 3.3) * g for g in score]"))
    #expect(odd.estimators.isEmpty && odd.mistakes.isEmpty && odd.sentences.isEmpty)
    let own = try likeness(Self.averaged("[(f + 1) * g + .1 for g in score]"))
    #expect(own.estimators.isEmpty && own.mistakes.isEmpty)
    // One draw for all S has the right mean and a law of its own, which is a known mistake's.
    let once = try likeness("f, score = draw(task, choices)\nreturn [(f + 4) * g for g in score]")
    #expect(once.mistakes.contains { $0.name == "same-sample-again" })
  }
}
