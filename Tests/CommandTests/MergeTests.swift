import Interchange
import JSONText
import Probability
import Synchronization
import Testing

@testable import LessonRunner

/// Answers in parts, and put together again.
@Suite("lessons merge")
struct MergeTests {
  private static func numbers(_ seed: UInt64, _ count: Int, _ a: Double, _ b: Double) -> String {
    var cases = try? Cases(seed: seed, stream: 7)
    return "\((try? cases?.reals(count, from: a, to: b)) ?? [])"
  }

  /// Seven bits: 16,384 outcomes of two samples, in 64 leaves.
  private static let estimators: String = {
    let rows = (1...7).map { numbers($0, 3, -1, 1) }.joined(separator: ", ")
    return """
      {"spec": {"model": "latent-factor", "prior": \(numbers(8, 7, 0.1, 0.9)), "weights": [\(rows)],
       "bias": [0.1, 0, -0.2], "observations": [[0, 1, 1]]},
       "q": {"probabilities": \(numbers(9, 7, 0.1, 0.9))}, "constantBaseline": -4}
      """
  }()

  /// A model of each kind that can be shared out, of more than 4,096 states.
  private static let models: [(kind: String, text: String)] = [
    (
      "latent-factor",
      """
      {"model": "latent-factor", "prior": \(numbers(1, 13, 0.1, 0.9)),
       "weights": [\((1...13).map { numbers($0 + 20, 2, -1, 1) }.joined(separator: ", "))],
       "bias": [0, 0.3], "observations": [[0, 1, 1], [1]]}
      """
    ),
    (
      "hmm",
      """
      {"model": "hmm", "initial": [0.2, 0.5, 0.3], "transition":
       [[0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [0.4, 0.4, 0.2]], "emission": {"family": "categorical",
       "probabilities": [[0.7, 0.3], [0.45, 0.55], [0.1, 0.9]]},
       "observations": [[0, 1, 1, 0, 1, 0, 0, 1], [1, 1]]}
      """
    ),
    (
      "spanning-tree",
      """
      {"model": "spanning-tree", "singleRoot": true, "scores":
       [\((1...6).map { numbers($0 + 40, 6, -2, 2) }.joined(separator: ", "))]}
      """
    ),
    (
      "sigmoid-belief-network",
      """
      {"model": "sigmoid-belief-network", "bias": [0.1, -0.4, 0.3], "layers": [{"weights":
       [\((1...3).map { numbers($0 + 60, 10, -2, 2) }.joined(separator: ", "))],
       "bias": \(numbers(64, 10, -1, 1))}, {"weights":
       [\((1...10).map { numbers($0 + 70, 2, -2, 2) }.joined(separator: ", "))], "bias": [0.1, 0.2]}],
       "observations": [[1, 0], [0, 1], [1, 0]]}
      """
    ),
    (
      "bayesian-mixture",
      """
      {"model": "bayesian-mixture", "concentration": [1, 1, 2, 0.5], "prior":
       {"family": "normal-inverse-wishart", "mean": [0], "kappa": 0.5, "dof": 3, "scale": [[1]]},
       "observations": [[-2.1], [-1.9], [2], [2.3], [0.1], [0.7], [5.1]]}
      """
    ),
    (
      "switching-lds",
      """
      {"model": "switching-lds", "initialState": [0.5, 0.25, 0.25], "transition":
       [[0.9, 0.05, 0.05], [0.2, 0.8, 0], [0.3, 0.3, 0.4]], "initialMean": [0],
       "initialCovariance": [[1]], "states": [{"dynamics": [[0.95]], "dynamicsNoise": [[0.01]]},
       {"dynamics": [[0.5]], "dynamicsNoise": [[1]]}, {"dynamics": [[-0.5]], "dynamicsNoise": [[0.5]]}],
       "emission": [[1]], "emissionNoise": [[0.1]],
       "observations": [[[0.1], [0.2], [1.9], [-1], [-0.9], [0.4], [0.3], [0]]]}
      """
    ),
  ]

  private func parts(
    _ command: String, _ text: String, _ options: [String], of count: Int
  ) throws -> [String: String] {
    var files: [String: String] = [:]
    for part in 1...count {
      let (status, written) = call(
        command, on: text, options + ["--part", "\(part)/\(count)", "--json"], course: .real)
      try #require(status == .held, "\(written.complaints)")
      files["p\(part).json"] = written.output
    }
    return files
  }

  private func merged(
    _ files: [String: String], _ words: [String]? = nil, _ options: String...
  ) -> (status: LessonRunner.ExitStatus, written: Collected) {
    var written = Collected()
    let status = run(
      arguments: ["merge"] + (words ?? files.keys.sorted().reversed()) + options,
      environment: CommandEnvironment(
        columns: nil, variables: [:], course: .real, files: Files(contents: files)),
      output: &written)
    return (status, written)
  }

  // Catches: a leaf that depends on how many parts there are, sums added in another order, numbers
  // that do not read back.
  @Test("moments: the same bytes from 1, 2 and 5 parts as undivided, mistakes too")
  func moments() throws {
    for options in [[], ["--mistake", "wrong-sign"]] {
      let whole = call("moments", on: Self.estimators, options + ["--json"], course: .real)
      for count in [1, 2, 5] where options.isEmpty || count == 2 {
        let parts = try parts("moments", Self.estimators, options, of: count)
        let (status, written) = merged(parts, nil, "--json")
        #expect(status == whole.status && written.output == whole.written.output, "\(count)")
      }
      let text = call("moments", on: Self.estimators, options, course: .real)
      let parts = try parts("moments", Self.estimators, options, of: 3)
      #expect(merged(parts).written.output == text.written.output)
    }
  }

  @Test("oracle: the same bytes from 1, 3 and 4 parts as undivided", arguments: 0..<models.count)
  func oracle(number: Int) throws {
    let text = Self.models[number].text
    let route = ["--method", "brute-force"]
    let whole = call("oracle", on: text, route + ["--json"], course: .real)
    try #require(whole.status == .held, "\(whole.written.complaints)")
    for count in [1, 3, 4] {
      let (status, written) = merged(try parts("oracle", text, route, of: count), nil, "--json")
      #expect(status == .held && written.output == whole.written.output, "\(count)")
    }
    // And it is the answer that the other route gives.
    let other = try JSON(parsing: call("oracle", on: text, ["--json"]).written.output)
    let found = try JSON(parsing: whole.written.output)
    for key in ["logEvidence", "logPartition"] {
      guard let want = other[key], let got = found[key] else { continue }
      let comparison = CaseComparison(got, expected: want, tolerance: 1e-11)
      #expect(comparison.differences == [] && comparison.compared > 0)
    }
  }

  @Test("A case file is compared when its parts are put together")
  func caseFile() throws {
    let text = """
      {"spec": \(Self.models[2].text), "expected": {"logPartition": 1}}
      """
    let parts = try parts("oracle", text, ["--method", "brute-force"], of: 2)
    let (status, written) = merged(parts)
    #expect(status == .failed && written.output.contains("1 of 1 expected number differ"))
  }

  @Test("What is no sum over numbered states is not shared out, and only brute force is")
  func undivided() {
    for kind in ["mixture", "pcfg", "linear-dynamical-system"] {
      let text = OracleExamples.all.first { $0.kind == kind }?.text ?? ""
      let (status, written) = call(
        "oracle", on: text, ["--method", "brute-force", "--part", "1/2", "--json"])
      #expect(status == .unusable && written.complaints.contains("model: cannot be shared out"))
    }
    for (options, words) in [
      (["--part", "1/2", "--json"], "say --method brute-force too"),
      (["--part", "1/2", "--method", "brute-force"], "say --json too"),
      (["--part", "3/2", "--json"], "expected I/N"), (["--part", "x", "--json"], "expected I/N"),
      (["--part", "1/2/3", "--json"], "expected I/N"), (["--output", "x"], "say --part I/N too"),
    ] {
      let (status, written) = call("oracle", on: Self.models[1].text, options)
      #expect(status == .unusable && written.complaints.contains(words), "\(written.complaints)")
      #expect(written.output.isEmpty && written.complaints.split(separator: "\n").count == 1)
    }
  }

  // Catches: an answer from parts that do not belong together.
  @Test("A part that is missing, doubled, foreign or damaged is refused by name, in one line")
  func refusals() throws {
    let text = Self.models[1].text
    let route = ["--method", "brute-force"]
    let good = try parts("oracle", text, route, of: 3)
    func refused(_ files: [String: String], _ words: [String], _ reason: String) {
      let (status, written) = merged(good.merging(files) { $1 }, words)
      #expect(status == .unusable && written.output.isEmpty, "\(reason)")
      #expect(written.complaints.hasPrefix("lessons: \(reason)"), "\(written.complaints)")
      #expect(written.complaints.split(separator: "\n").count == 1)
    }
    let one = good["p1.json"] ?? ""
    refused([:], ["p1.json", "p3.json"], "part 2/3: is missing")
    refused([:], ["p3.json"], "parts 1/3, 2/3: 2 are missing")
    refused(
      ["x.json": one], ["p1.json", "p2.json", "x.json", "p3.json"],
      "x.json: part 1/3 is there already, in p1.json")
    refused([:], ["p1.json", "gone.json"], "gone.json: no such file")
    func foreign(_ text: String, _ options: [String] = [], of count: Int = 3) throws -> String {
      try parts("oracle", text, route + options, of: count)["p2.json"] ?? ""
    }
    let others: [(String, String)] = [
      (
        try foreign(text.replacing("0.45, 0.55", with: "0.5, 0.5")), "of another model than p1.json"
      ),
      (try foreign(text, ["--max-states", "1e9"]), "of other settings than p1.json"),
      (try foreign(text, of: 4), "one of 4 parts, p1.json is one of 3"),
      (
        try parts("moments", Self.estimators, [], of: 3)["p2.json"] ?? "",
        "of another command than p1.json: moments"
      ),
    ]
    for (other, reason) in others {
      refused(["x.json": other], ["p1.json", "x.json", "p3.json"], "x.json: \(reason)")
    }
    let part = try PartFile(JSONPlace(try JSON(parsing: one)))
    let older = PartFile(
      command: part.command, version: "0.0.1", share: part.share, settings: part.settings,
      input: part.input, sums: part.sums)
    refused(
      ["x.json": older.json.text()], ["x.json", "p2.json", "p3.json"],
      "x.json: of version 0.0.1, this is \(version)")
    // Spelt otherwise it is the same part.
    #expect(merged(good.merging(["p1.json": part.json.text()]) { $1 }).status == .held)
    let damages = [
      (one.replacing("\"numbers\": [", with: "\"numbers\": [1", maxReplacements: 1), "damaged"),
      (
        one.replacing("\"format\": 1", with: "\"format\": 2"),
        "written in form 2, this program reads 1"
      ),
      (String(one.dropLast(one.count / 3)), "line "), ("", "the file is empty"),
      ("{}", "top level: this is no part of an answer"), (text, "top level: this is no part"),
      ("[1]", "top level: this is no part"),
    ]
    for (damaged, reason) in damages {
      let (status, written) = merged(good.merging(["x.json": damaged]) { $1 }, ["x.json"])
      #expect(status == .unusable && written.output.isEmpty)
      #expect(
        written.complaints.hasPrefix("lessons: x.json: ") && written.complaints.contains(reason),
        "\(written.complaints)")
      #expect(written.complaints.split(separator: "\n").count == 1)
    }
    #expect(merged([:], []).status == .unusable)
  }

  @Test("Sums that are not those of the model are refused, whatever stands in them")
  func wrongSums() throws {
    let good = try parts("oracle", Self.models[1].text, ["--method", "brute-force"], of: 1)
    let part = try PartFile(JSONPlace(try JSON(parsing: good["p1.json"] ?? "")))
    let node = part.sums[0].nodes[0]
    let wrong: [[LeafNode]] = [
      [], [LeafNode(leaves: 0..<1, numbers: node.numbers)],
      [LeafNode(leaves: node.leaves, numbers: [])],
      [LeafNode(leaves: node.leaves, numbers: [1, 2, 3, .nan, .infinity])],
      [LeafNode(leaves: node.leaves, numbers: [1e300, -1, 0.5] + node.numbers)],
    ]
    for nodes in wrong {
      let other = PartFile(
        command: part.command, version: part.version, share: part.share, settings: part.settings,
        input: part.input, sums: [("0", nodes)] + part.sums.dropFirst())
      let (status, written) = merged(["x.json": other.json.text()])
      #expect(status == .unusable && written.output.isEmpty, "\(written.complaints)")
    }
  }

  @Test("Progress with the time left, where somebody looks")
  func progress() throws {
    let shown = Mutex<[String]>([])
    let larger = Self.estimators.replacing("0.1, 0, -0.2", with: "0.1, 0.5, -0.2")
    let (status, _) = call("moments", on: larger, ["--json"], course: .real) { line in
      shown.withLock { $0.append(line) }
    }
    #expect(status == .held)
    // 66,048 outcomes are over before a line could be read.
    #expect(shown.withLock { $0 } == [""])
    #expect(
      LongWork.line(0.25, of: 1, "outcomes", after: 30)
        == "25 % of 1 outcomes, 1 min 30 s left")
    #expect(LongWork.line(400_000, of: 400_000, "states", after: 3) == "100 % of 400,000 states")
  }
}
