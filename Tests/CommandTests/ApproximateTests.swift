import Foundation
import Interchange
import JSONText
import Testing

@testable import LessonRunner

@Suite("lessons approximate")
struct ApproximateTests {
  private static let importance =
    ApproximationExamples.all.first { $0.kind == "importance" }?.text ?? ""

  private func approximate(_ words: String..., file: String) -> Answer {
    var collected = Collected()
    let status = run(
      arguments: ["approximate"] + words,
      environment: CommandEnvironment(
        columns: nil, variables: [:], course: Fixture.course,
        files: MemoryFiles(["spec.json": file, "-": file])), output: &collected)
    return Answer(
      status: status, output: collected.output, complaints: collected.complaints, pager: nil)
  }

  @Test("Weighted draws, word for word") func importance() {
    let answer = approximate("spec.json", file: Self.importance)
    #expect(answer.status == .held)
    #expect(answer.complaints == "")
    #expect(
      answer.output == """
        ── importance ───────────────────────────────────────────── approximate, exactly

        log p(x)       -1.17118298150
        ELBO           -1.33637640869
        KL(q‖p(z|x))   0.165193427184

        K draws of q: the bound E[log mean w], and what is left of the gap
                    bound  log p(x) − bound  Var mean w  effective size
          ─────  ────────  ────────────────  ──────────  ──────────────
          K = 1  -1.33638         0.165193    0.0356949         1.00000
          K = 2  -1.26226         0.0910760   0.0178474         1.80083
          K = 3  -1.23331         0.0621229   0.0118983         2.55257

        the posterior, estimated by the mean weight of each state
          z       q  p(z|x)   K = 1   K = 2   K = 3
          ─  ──────  ──────  ──────  ──────  ──────
          0  0.2145  0.4516  0.2145  0.3006  0.3437
          1  0.3536  0.1613  0.3536  0.2551  0.2211
          2  0.4319  0.3871  0.4319  0.4443  0.4352

        gradient of each bound by the logits: the estimator's mean, then its variance
          φ     K = 1     K = 2     K = 3  Var, K = 1  Var, K = 2  Var, K = 3
          ─  ────────  ────────  ────────  ──────────  ──────────  ──────────
          0   0.1951    0.1342    0.09920      0.4768      0.9197       1.236
          1  -0.2192   -0.1153   -0.07632      1.579       1.772        1.982
          2   0.02404  -0.01886  -0.02288      1.382       1.645        1.928

        work: 19 sets of draws

        """)
  }

  @Test("A chain, word for word") func chain() throws {
    let text = ApproximationExamples.all.first { $0.kind == "markov-chain" }?.text ?? ""
    let answer = approximate("-", file: text.replacing("\"steps\": 10", with: "\"steps\": 2"))
    #expect(answer.status == .held)
    #expect(
      answer.output == """
        ── markov-chain ─────────────────────────────────────────── approximate, exactly

        |second eigenvalue|           0.883953581433
        steps to forget, 1/(1 − it)   8.61724137931
        detailed balance, off by      0.0180627450980

        the law after 2 steps from state 0, beside the stationary law
          state       after  stationary
          ─────  ──────────  ──────────
              0  0.889166          0.49
              1  0.0181462         0.01
              2  0.00370752        0.02
              3  0.0889805         0.48

        total variation from the stationary law
          steps        distance
          ─────  ──────────────
              1  0.460784313725
              2  0.407311944386

        one step, from each state (rows) to each (columns)
          from      to 0         to 1        to 2       to 3
          ────  ────────  ───────────  ──────────  ─────────
             0  0.941569  0.0192157    0.00156863  0.0376471
             1  0.020000  0.000408163  0.0391837   0.940408
             2  0.941569  0.0192157    0.00156863  0.0376471
             3  0.020000  0.000408163  0.0391837   0.940408

        work: 4 states, 16 outcomes, 2 steps

        """)
  }

  @Test("There is an example of every kind, and each is answered", arguments: approximations)
  func examples(kind: String) throws {
    let example = approximate("--example", kind, file: "")
    #expect(example.status == .held)
    #expect(example.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try JSON(parsing: example.output)["approximation"] == .string(kind))
    let answer = approximate("spec.json", file: example.output)
    #expect(answer.status == .held, "\(answer.complaints)")
    #expect(answer.output.hasPrefix("── \(kind) "))
    for line in answer.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let json = try JSON(parsing: approximate("spec.json", "--json", file: example.output).output)
    #expect(json["work"] != nil)
    #expect(ApproximationExamples.all.map(\.kind) == approximations)
  }

  private static func golden() throws -> [URL] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Reference/golden/approximate"), includingPropertiesForKeys: nil
    ).filter { file in
      file.pathExtension == "json"
        && approximations.contains { file.lastPathComponent.hasPrefix($0) }
    }
  }

  @Test("Every golden case is accepted and agrees")
  func golden() throws {
    let files = try Self.golden()
    #expect(files.count >= approximations.count)
    for file in files {
      let answer = approximate("spec.json", file: try String(contentsOf: file, encoding: .utf8))
      #expect(answer.status == .held, "\(file.lastPathComponent): \(answer.output)")
      #expect(answer.output.contains("\n✓ "), "\(file.lastPathComponent)")
    }
  }

  // Catches: a comparison that compares nothing.
  @Test("A number that differs is shown with its place, and the exit status is 1")
  func differs() throws {
    let file = try #require(
      try Self.golden().first { $0.lastPathComponent == "importance-three-states.json" })
    let wrong = try String(contentsOf: file, encoding: .utf8).replacing(
      "1.8008312020595443", with: "1.80083121")
    let answer = approximate("spec.json", file: wrong)
    #expect(answer.status == .failed)
    #expect(answer.output.contains("✗ 1 of 41 expected numbers differ"))
    #expect(answer.output.contains("expected.samples.K2.effectiveSampleSize: 1.8008312020595"))
    let json = try JSON(parsing: approximate("spec.json", "--json", file: wrong).output)
    guard case .array(let differences)? = json["differences"] else { throw JSONMissing() }
    #expect(differences.count == 1)
  }

  @Test("What cannot be answered is one line and exit status 2")
  func refusals() {
    let spec = Self.importance
    func words(_ words: String..., file: String) -> String {
      var collected = Collected()
      let status = run(
        arguments: ["approximate"] + words,
        environment: CommandEnvironment(
          columns: nil, variables: [:], course: Fixture.course,
          files: MemoryFiles(["spec.json": file])), output: &collected)
      #expect(status == .unusable)
      #expect(collected.output == "")
      return collected.complaints
    }
    #expect(
      words("spec.json", "--max-outcomes", "26", file: spec)
        == "lessons: spec.json: joint: 3 draws of 3 states, 3 numbers each: 30 outcomes to visit, the limit is 26 "
        + "(--max-outcomes)\n")
    #expect(
      words("spec.json", "--max-outcomes", "0", file: spec)
        == "lessons: --max-outcomes: expected a whole number of at least 1, found '0'\n")
    #expect(
      words("spec.json", file: spec.replacing("0.05", with: "-0.05"))
        == "lessons: spec.json: joint[1]: expected a number above 0, found -0.05\n")
    #expect(
      words("spec.json", file: #"{"spec": {"approximation": "imp"}}"#).hasPrefix(
        "lessons: spec.json: spec.approximation: "))
    #expect(words("other.json", file: spec) == "lessons: other.json: no such file\n")
    #expect(words("spec.json", file: "").hasPrefix("lessons: spec.json: the file is empty"))
    #expect(words(file: spec).hasPrefix("lessons: approximate: which approximation?"))
    #expect(
      words("--example", "hmm", file: spec).hasPrefix(
        "lessons: --example: unknown kind 'hmm'; there are gaussian-vi, importance"))
  }
}
