import Interchange
import JSONText
import LessonKit
import Synchronization
import Testing

@testable import LessonRunner

@Suite("lessons oracle")
struct OracleCommandTests {
  private static let counts = """
    {"model": "mixture", "weights": [0.6, 0.4],
     "components": [{"family": "poisson", "rate": 2}, {"family": "poisson", "rate": 9}],
     "observations": [0, 3, 5, 12]}
    """
  private static let tree = """
    {"model": "spanning-tree", "scores": [[0, 1, 0], [0, 0, 3], [0, 4, 0]], "singleRoot": true}
    """

  private func oracle(
    _ text: String, _ options: String..., show: (@Sendable (String) -> Void)? = nil
  ) -> (status: LessonRunner.ExitStatus, written: Collected) {
    call("oracle", on: text, options, show: show)
  }

  @Test("A mixture, word for word") func mixture() {
    let (status, written) = oracle(Self.counts)
    #expect(status == .held)
    #expect(written.complaints == "")
    #expect(
      written.output == """
        ── mixture ─────────────────────────────────────────────────────────────── exact

        log evidence
          observation        log p(x)
          ───────────  ──────────────
                    0  -2.51021788716
                    1  -2.16922671349
                    2  -3.08032337328
                    3  -3.53678644352

        p(z = k | x), the component that made each observation
           x         k = 0        k = 1
          ──  ────────────  ───────────
           0  0.999392      0.000607552
           3  0.947511      0.0524891
           5  0.471301      0.528699
          12  0.0000238557  0.999976

        brute-force: sum over the 2 components of each observation
        work: 4 observations, 8 terms

        """)
  }

  @Test("Trees, word for word") func tree() {
    #expect(
      oracle(Self.tree, "--method", "structured").written.output == """
        ── spanning-tree ───────────────────────────────────────────────────────── exact

        log Z   4.69314718056

        share of the trees in which head h has modifier m
          head  m = 1  m = 2
          ────  ─────  ─────
          root    0.5    0.5
          1       0      0.5
          2       0.5    0

        structured: matrix-tree theorem, elimination without subtractions
        work: 2 words, 8 terms

        """)
  }

  // Catches: a long answer that floods the page, and one that is cut without a word.
  @Test("Long answers are shortened, and say where the rest is") func long() throws {
    let many = Self.counts.replacing("12]", with: "12" + String(repeating: ", 7", count: 100) + "]")
    let lines = oracle(many).written.output.split(separator: "\n")
    #expect(lines.count < 45)
    #expect(lines.count { $0 == "  … and 92 more (--json has all)" } == 2)
    for line in lines { #expect(line.count <= 80) }
    let json = try JSON(parsing: oracle(many, "--json").written.output)
    guard case .array(let evidence) = json["logEvidence"] else {
      Issue.record("no list of log evidence")
      return
    }
    #expect(evidence.count == 104)
  }

  @Test("JSON has the answer, the method and the work") func json() throws {
    let (status, written) = oracle(Self.tree, "--json", "--method=brute-force")
    #expect(status == .held)
    let json = try JSON(parsing: written.output)
    #expect(json["method"] == "brute-force")
    #expect(json["work"] == ["states": 9])
    #expect(json["edgeMarginals"] == [[0, 0.5, 0.5], [0, 0, 0.5], [0, 0.5, 0]])
  }

  @Test("What cannot be answered is one line and exit status 2")
  func refusals() {
    func words(_ text: String, _ options: String...) -> String {
      let (status, written) = call("oracle", on: text, options)
      #expect(status == .unusable)
      #expect(written.output == "")
      return written.complaints
    }
    #expect(
      words(Self.counts, "--method", "bruteforce")
        == "lessons: --method: unknown method 'bruteforce'; nearest: brute-force\n")
    for count in ["0", "1.5", "-1", "inf", "nan", "many", "1e400"] {
      #expect(
        words(Self.counts, "--max-states", count)
          == "lessons: --max-states: expected a whole number of at least 1, found '\(count)'\n")
    }
    #expect(
      words(Self.tree, "--method", "brute-force", "--max-states", "8")
        == "lessons: model.json: scores: 2 words: 9 states to visit, the limit is 8 "
        + "(--max-states)\n")
    #expect(
      words(Self.tree.replacing("3]", with: "\"3\"]"))
        == "lessons: model.json: scores[1][2]: expected a finite number, found \"3\"\n")
    #expect(
      words("{\"spec\": {\"model\": \"tree\"}}").hasPrefix("lessons: model.json: spec.model: "))
    #expect(words("").hasPrefix("lessons: model.json: the file is empty"))
    #expect(words(Self.tree, "other.json").hasPrefix("lessons: 'other.json': one word too many\n"))
    #expect(words("{\"model\": \"hmm\\u0007\"}").contains("\\u0007"))
  }

  @Test("Large caps are numbers like others")
  func largeCaps() {
    for count in ["1e300", "99999999999999999999", "9"] {
      #expect(oracle(Self.tree, "--method", "brute-force", "--max-states", count).status == .held)
    }
  }

  // Catches: a progress line that stays on the screen, or is written where nobody looks.
  @Test("Progress is shown where somebody looks, and erased")
  func progress() {
    let shown = Mutex<[String]>([])
    let chain = """
      {"model": "hmm", "initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.25, 0.75]],
       "emission": {"family": "categorical", "probabilities": [[0.5, 0.5], [0, 1]]},
       "observations": [[\([String](repeating: "1", count: 17).joined(separator: ", "))]]}
      """
    let (status, written) = oracle(
      chain, "--method", "brute-force", show: { line in shown.withLock { $0.append(line) } })
    #expect(status == .held)
    #expect(written.complaints == "")
    let lines = shown.withLock { $0 }
    #expect(lines.suffix(2) == ["100 % of 131,072 states", ""])
    #expect(lines.count == 65 && lines[31].hasPrefix("50 % of 131,072 states, "))
    #expect(lines.dropLast(2).allSatisfy { $0.hasSuffix(" s left") })
  }
}
