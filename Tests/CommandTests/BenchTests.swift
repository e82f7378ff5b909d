import JSONText
import Testing

@testable import LessonRunner

/// A disk of folders with files, all in memory.
private struct Folders: FileAccess {
  var folders: [String: [String: String]]
  var currentFolder = "/house/rooms"

  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    let parts = path.split(separator: "/").map(String.init)
    let folder = "/" + parts.dropLast().joined(separator: "/")
    guard let text = folders[folder]?[parts.last ?? ""] else {
      throw CommandError(path, "no such file")
    }
    return Array(text.utf8)
  }
  func exists(_ path: String) -> Bool { entries(of: path) != nil }
  func entries(of folder: String) -> [String]? { folders[folder].map { $0.keys.sorted() } }
  func makeFolder(_ path: String) throws(CommandError) {}
  func write(_ text: String, to path: String) throws(CommandError) {}
}

/// One factor, two words: p(word 0) = 1/2 whether the factor is on or off, so log p = −log 2.
private func input(_ reference: String? = "{\"logEvidence\": [-0.6931471805599453]}") -> String {
  let promise = reference.map { ", \"reference\": \($0)" } ?? ""
  return """
    {"workload": "w", "description": "d", "spec": {"model": "latent-factor", "prior": [0.3],
     "weights": [[2, 2]], "bias": [1, 1], "observations": [[0]]}\(promise)}
    """
}

private func bench(
  _ words: String..., files: [String: String], in folder: String = "/house/Benchmarks",
  executable: String? = nil
) -> Answer {
  var collected = Collected()
  var environment = CommandEnvironment(
    columns: nil, variables: [:], course: Fixture.course, files: Folders(folders: [folder: files]))
  environment.executable = executable
  environment.timing = TimingPlan(repeatSeconds: 0, repeats: 3)
  let status = run(arguments: ["bench"] + words, environment: environment, output: &collected)
  return Answer(status: status, output: collected.output, complaints: collected.complaints)
}

private let d16 = ["latent-factor-d16.json": input()]

@Suite("lessons bench")
struct BenchTests {
  @Test("JSON is a list with the six keys that scripts read, and nothing else")
  func json() throws {
    let answer = bench("latent-factor-d16 evidence", "--json", files: d16)
    #expect(answer.status == .held && answer.complaints.isEmpty)
    guard case .array(let results) = try JSON(parsing: answer.output) else { throw JSONMissing() }
    #expect(results.count == 1)
    guard case .object(let members) = results[0] else { throw JSONMissing() }
    #expect(
      members.map(\.key) == [
        "workload", "secondsPerOperation", "repeats", "fastest", "slowest", "threads",
      ])
    #expect(results[0]["workload"] == "latent-factor-d16 evidence")
    #expect(results[0]["repeats"] == 3)
    let place = JSONPlace(results[0])
    let median = try place.member("secondsPerOperation").positiveNumber()
    #expect(try place.member("fastest").positiveNumber() <= median)
    #expect(try place.member("slowest").positiveNumber() >= median)
    #expect(try place.member("threads").integer() >= 1)
  }

  @Test(
    "A workload answers to its name, its file and a part of its name",
    arguments: [
      (["latent-factor-d16 evidence"], ["evidence"]),
      (["latent-factor-d16", "evidence"], ["evidence"]),
      (["d16", "gradient"], ["gradient"]),
      (["latent-factor-d16"], ["evidence", "gradient"]),
      (["D16"], ["evidence", "gradient"]),
      (["d16", "gradient", "d16", "evidence", "d16"], ["gradient", "evidence"]),
    ])
  func names(words: [String], operations: [String]) throws {
    let found = try WorkloadNames(workloads: Workload.all).workloads(words)
    #expect(found.map(\.name) == operations.map { "latent-factor-d16 " + $0 })
  }

  @Test("Two words are told apart from two names; parts that several files have are refused")
  func pairs() throws {
    let names = WorkloadNames(workloads: Workload.all)
    func found(_ words: String...) throws -> [String] { try names.workloads(words).map(\.name) }
    #expect(try found("hmm", "counts") == ["hmm-k32-t2000 counts"])
    #expect(
      try found("hmm-k32-t2000", "nvil-step")
        == [
          "hmm-k32-t2000 evidence", "hmm-k32-t2000 counts", "hmm-k32-t2000 best-path", "nvil-step",
        ])
    #expect(try found("counts") == ["hmm-k32-t2000 counts"])
    #expect(try found("single") == ["spanning-tree-n40-single-root marginals"])
    #expect(throws: CommandError.self) { try found("evidence") }
    #expect(throws: CommandError.self) { try found("spanning", "marginals") }
  }

  @Test("Without a name all workloads are meant; each name is its own")
  func all() throws {
    let names = WorkloadNames(workloads: Workload.all)
    #expect(try names.workloads([]).map(\.name) == Workload.all.map(\.name))
    for workload in Workload.all {
      #expect(try names.workloads([workload.name]).map(\.name) == [workload.name])
    }
  }

  @Test("Names that several workloads or none have are refused, the nearest is told")
  func unknownNames() {
    let typing = bench("latent-factor-d61", files: d16)
    #expect(typing.status == .unusable && typing.output.isEmpty)
    #expect(typing.complaints.hasPrefix("lessons: 'latent-factor-d61': unknown workload; nearest:"))
    #expect(typing.complaints.contains("latent-factor-d16 evidence"))
    let vague = bench("latent", files: d16)
    #expect(vague.status == .unusable)
    #expect(vague.complaints.contains("which workload? latent-factor-d16 evidence, "))
    #expect(bench("zebra", files: d16).complaints.contains("lessons bench --help lists them"))
    #expect(bench("", files: d16).status == .unusable)
  }

  // Catches: an answer that nobody compares, a comparison that NaN passes.
  @Test("An answer that is not the reference is said to be wrong, with exit status 1")
  func wrongReference() throws {
    let files = ["latent-factor-d16.json": input("{\"logEvidence\": [-0.6931472]}")]
    let answer = bench("d16", "evidence", files: files)
    #expect(answer.status == .failed)
    #expect(
      answer.complaints.hasPrefix("lessons: latent-factor-d16 evidence: logEvidence[0]: -0.69"))
    #expect(answer.complaints.hasSuffix("the reference says -0.6931472\n"))
    #expect(answer.lines.contains { $0.hasPrefix("latent") && $0.hasSuffix("differs") })
    let json = bench("d16", "evidence", "--json", files: files)
    #expect(json.status == .failed)
    #expect(try JSON(parsing: json.output) != .null)
  }

  @Test("What may differ is a part in a hundred million, never a shape or NaN")
  func tolerance() {
    func check(_ got: JSON, _ want: JSON) -> ReferenceCheck {
      ReferenceCheck(answer: ["a": got], reference: ["a": want])
    }
    #expect(check(100.0000009, 100) != .noReference)
    if case .differs = check(100.0000009, 100) { Issue.record("0.9e-8 of 100 is allowed") }
    #expect(check(100.0000011, 100) == .differs("a: 100.0000011, the reference says 100.0"))
    #expect(check(.number(.nan), 1) == .differs("a: nan, the reference says 1.0"))
    #expect(check(.number(-.infinity), "-inf") == .agrees(worst: 0))
    #expect(check(-1, "-inf") == .differs("a: '-1', the reference says '\"-inf\"'"))
    #expect(check([1, 2], [1]) == .differs("a: 2 entries, the reference says 1"))
    #expect(check(["b": 1], ["b": 1, "c": 2]) == .differs("a.c: 'null', the reference says '2'"))
    #expect(check([nil], [[1]]) == .differs("a[0]: 'null', the reference says '[1]'"))
    #expect(ReferenceCheck(answer: ["a": 1], reference: ["b": 1]) == .noReference)
    #expect(ReferenceCheck(answer: ["a": 1], reference: nil) == .noReference)
  }

  @Test("The table has a row for each workload, fits the page, and says what has no reference")
  func table() {
    let answer = bench("d16", files: ["latent-factor-d16.json": input(nil)])
    #expect(answer.status == .held)
    #expect(answer.lines[0].hasPrefix("workload "))
    #expect(answer.lines[1].hasPrefix("latent-factor-d16 evidence "))
    #expect(answer.lines[1].hasSuffix(" -"))
    #expect(answer.lines[2].hasPrefix("latent-factor-d16 gradient "))
    #expect(answer.output.contains("\"-\": the file has no"))
    for line in answer.lines { #expect(line.count <= 80, "\(line)") }
    #expect(!bench("d16", "evidence", files: d16).output.contains("\"-\":"))
  }

  @Test("Units suit the size, three digits each")
  func units() {
    #expect(
      [2.5, 0.0123, 4.56e-5, 7e-7, 0].map(BenchTable.duration) == [
        "2.50 s", "12.3 ms", "45.6 µs", "0.700 µs", "0.00 µs",
      ])
  }

  @Test("Inputs are found by --inputs, here, above, or above the executable")
  func folders() {
    func status(_ words: String, in folder: String, executable: String? = nil)
      -> LessonRunner.ExitStatus
    {
      words.isEmpty
        ? bench("d16", "evidence", files: d16, in: folder, executable: executable).status
        : bench(
          "d16", "evidence", "--inputs", words, files: d16, in: folder, executable: executable
        ).status
    }
    #expect(status("/data", in: "/data") == .held)
    #expect(status("", in: "/house/rooms/Benchmarks") == .held)
    #expect(status("", in: "/Benchmarks") == .held)
    #expect(status("", in: "/far/Benchmarks", executable: "/far/.build/debug/lessons") == .held)
    #expect(status("", in: "/far/Benchmarks") == .unusable)
    #expect(status("/nowhere", in: "/house/Benchmarks") == .unusable)
  }

  @Test("Missing and unusable inputs are one line with the path")
  func unusable() {
    func complaint(_ files: [String: String]) -> String {
      let answer = bench("d16", "evidence", files: files)
      #expect(answer.status == .unusable && answer.output.isEmpty)
      #expect(answer.complaints.count { $0 == "\n" } == 1)
      return answer.complaints
    }
    let path = "lessons: /house/Benchmarks/latent-factor-d16.json: "
    #expect(complaint(["other.json": ""]) == path + "no such file\n")
    #expect(complaint(["latent-factor-d16.json": "{"]).hasPrefix(path))
    #expect(
      complaint(["latent-factor-d16.json": "{}"]) == path + "top level: missing key \"spec\"\n")
    let wrong = input().replacing("0.3", with: "1.3")
    #expect(complaint(["latent-factor-d16.json": wrong]).contains("spec.prior[0]: expected"))
  }

  @Test("The median is the middle, or the mean of the middle two")
  func median() {
    #expect(Timing(seconds: [1, 2, 9], operationsPerRepeat: 1).median == 2)
    #expect(Timing(seconds: [1, 2, 4, 9], operationsPerRepeat: 1).median == 3)
    #expect(Timing(seconds: [5], operationsPerRepeat: 1).median == 5)
  }

  @Test("An operation is run as often as the repeats need, and its last answer is kept")
  func timing() {
    var count = 0
    let plan = TimingPlan(repeatSeconds: 0, repeats: 4)
    let (timing, last) = plan.time(operationsPerCall: 10) {
      count += 1
      return count
    }
    #expect(count == 5 && last == 5)
    #expect(timing.seconds.count == 4 && timing.operationsPerRepeat == 10)
    #expect(timing.seconds == timing.seconds.sorted())
  }
}
