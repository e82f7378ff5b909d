import JSONText
import LessonKit
import Probability
import Synchronization
import Testing

@testable import LessonRunner

/// Learns the number 1: halves its distance from it every round, with a little noise of its seed.
private struct Halving: Training {
  var seed: Double
  var guess = 0.0
  var round = 0

  mutating func advance() throws {
    guard seed != 13 else { throw ChoiceError.nothingToChoose }
    var sampler = try Sampler(seed: UInt64(seed), stream: UInt64(round))
    guess += (1 - guess) / 2 + 0.001 * (sampler.uniform() - 0.5)
    round += 1
  }

  var measures: [(name: String, value: any Quantity)] { [("distance", abs(1 - guess))] }

  func page(_ context: RunContext) throws -> [Block] {
    [
      .prose("The guess is near one."),
      .table { _ in
        Table(
          title: "learned", columns: ["what", "guess"],
          rows: [["number", .exact(guess, digits: 2)]])
      },
    ]
  }

  var state: [String: [Double]] { ["guess": [guess], "seed": [seed], "round": [Double(round)]] }

  static let course = TrainingCourse(
    id: "halving", title: "Halving a distance", rounds: 40,
    begin: { Halving(seed: Double($0)) },
    resume: { state in
      guard state.count == 3, let guess = state["guess"]?.first, let seed = state["seed"]?.first,
        let round = state["round"]?.first
      else { return nil }
      return Halving(seed: seed, guess: guess, round: Int(round))
    })
}

@Suite("lessons train")
struct TrainTests {
  private static let course = Course(
    lessons: ["06-halves", "07-nothing"].map { id in
      Lesson(
        id: id, title: "Halves", summary: "what half is",
        frame: Frame(needs: [], gives: [], minutes: 1),
        sections: [Section("half", "Half", .prose("Half."))],
        practice: Practice(questions: [], suggestions: [], homework: "half"),
        trainings: id == "06-halves" ? [Halving.course] : [])
    }, claims: "[]", errata: "[]")

  private static let home = ["HOME": "/me"]
  private static let path =
    "/me/.local/state/tightbound/training/06-halves-halving-seed-1.json"

  private func train(
    _ words: String..., files: MemoryFiles, watch: TrainingWatch = ticking(),
    show: (@Sendable (String) -> Void)? = nil, variables: [String: String] = home
  ) -> Answer {
    var collected = Collected()
    let status = run(
      arguments: ["train"] + words,
      environment: CommandEnvironment(
        columns: nil, variables: variables, course: Self.course, files: files, showProgress: show,
        watch: watch), output: &collected)
    return Answer(
      status: status, output: collected.output, complaints: collected.complaints, pager: nil)
  }

  /// A clock that advances half a second whenever it is asked; a signal once it was asked so often.
  private static func ticking(interruptAfter reads: Int? = nil, signal: Int32 = 2) -> TrainingWatch
  {
    let count = Shared()
    return TrainingWatch(
      seconds: { 0.5 * Double(count.next()) }, catchInterrupts: {},
      interrupt: { reads.map { count.value >= $0 } ?? false ? signal : nil })
  }

  @Test("What was learned, word for word; progress goes elsewhere") func page() {
    let answer = train("06/halving", "--rounds", "4", files: MemoryFiles())
    #expect(answer.status == .held)
    let lines = answer.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("── Halving a distance ─"))
    #expect(lines[0].hasSuffix("─ 06-halves/halving"))
    #expect(lines[2] == "After 4 rounds, seed 1:")
    #expect(lines[3].hasPrefix("  distance  0.062"))
    #expect(answer.output.contains("The guess is near one."))
    #expect(answer.output.contains("number   0.94"))
    let progress = answer.complaints.split(separator: "\n")
    #expect(progress.count == 4)
    #expect(progress[1].hasPrefix("lessons: round 2 of 4, 1 s left: distance 0.2"))
    #expect(progress[3].hasPrefix("lessons: round 4 of 4: distance 0.062"))
  }

  @Test("A pipe is told every few rounds, a terminal sees one line that is erased") func told() {
    let piped = train("6", files: MemoryFiles())
    #expect(piped.complaints.split(separator: "\n").count == 20)
    let shown = Mutex<[String]>([])
    let seen = train(
      "6", files: MemoryFiles(), show: { line in shown.withLock { $0.append(line) } })
    #expect(seen.complaints == "")
    #expect(seen.output == piped.output)
    shown.withLock {
      #expect($0.count == 41)
      #expect($0.last == "")
      #expect($0[9].hasPrefix("round 10 of 40, 15 s left: "))
    }
  }

  @Test(
    "An interrupt finishes the round, keeps it, and the same call ends where an unbroken one does")
  func resumed() throws {
    let whole = train("6", "--json", files: MemoryFiles())
    let files = MemoryFiles()
    let stopped = train("6", "--json", files: files, watch: Self.ticking(interruptAfter: 7))
    #expect(stopped.status.rawValue == 130)
    #expect(stopped.output == "")
    #expect(
      stopped.complaints.hasSuffix(
        "lessons: stopped after round 7 of 40; the same call goes on from there\n"))
    let kept = try JSON(parsing: try #require(files[Self.path]))
    #expect(kept["round"] == 7)
    #expect(kept["course"] == "06-halves/halving")
    let on = train("6", "--json", files: files)
    #expect(on.status == .held)
    #expect(on.complaints.hasPrefix("lessons: going on after round 7 (--fresh begins again)\n"))
    #expect(on.output == whole.output)
    let json = try JSON(parsing: on.output)
    #expect(json["rounds"] == 40)
    #expect(json["training"] == "06-halves/halving")
    // All rounds are made: the page again, at once.
    let again = train("6", "--json", files: files)
    #expect(again.output == whole.output)
    #expect(again.complaints == "lessons: going on after round 40 (--fresh begins again)\n")
    #expect(
      train("6", files: MemoryFiles(), watch: Self.ticking(interruptAfter: 3, signal: 15)).status
        .rawValue == 143)
  }

  @Test(
    "What cannot be read is a reason to begin afresh, with a note",
    arguments: [
      ("", "the file is empty"), ("{", "line 1"), ("[]", "top level: expected an object"),
      (
        #"{"course": "06-halves/halving", "seed": "1", "round": 3, "state": {"guess": [1]}}"#,
        "no state of this training"
      ),
      (
        #"{"course": "06-halves/halving", "seed": "1", "round": 3, "state": {"guess": [1], "seed": [1], "round": [4]}}"#,
        "no state of this training"
      ),
      (
        #"{"course": "06-halves/halving", "seed": "1", "round": 3, "state": {"guess": ["x"]}}"#,
        "state.guess[0]: expected a finite number"
      ),
      (#"{"course": "06-halves/other", "seed": "1", "round": 0, "state": {}}"#, "course: expected"),
      (#"{"course": "06-halves/halving", "seed": "2", "round": 0, "state": {}}"#, "seed: expected"),
      (
        #"{"course": "06-halves/halving", "seed": 1, "round": 0, "state": {}}"#,
        "seed: expected a string"
      ),
      (
        #"{"course": "06-halves/halving", "seed": "1", "round": -1, "state": {}}"#,
        "round: expected"
      ),
    ])
  func afresh(text: String, reason: String) {
    let files = MemoryFiles([Self.path: text])
    let answer = train("6", "--json", files: files)
    #expect(answer.status == .held)
    let first = answer.complaints.prefix { $0 != "\n" }
    #expect(first.hasPrefix("lessons: \(Self.path): "))
    #expect(first.contains(reason), "\(first)")
    #expect(first.hasSuffix("; beginning afresh"))
    #expect(answer.output == train("6", "--json", files: MemoryFiles()).output)
    #expect(files[Self.path]?.contains("\"round\":40") == true)
  }

  @Test("--fresh begins again, and every seed has a file of its own") func fresh() {
    let files = MemoryFiles()
    _ = train("6", "--rounds", "3", files: files)
    let fresh = train("6", "--rounds", "3", "--fresh", files: files)
    #expect(!fresh.complaints.contains("going on"))
    _ = train("6", "--seed", "2", "--rounds", "2", files: files)
    #expect(files[Self.path]?.contains("\"round\":3") == true)
    #expect(files[Self.path.replacing("seed-1", with: "seed-2")]?.contains("\"round\":2") == true)
  }

  @Test("Where nothing can be kept, it learns all the same and says so once") func unkept() {
    let answer = train("6", files: MemoryFiles(isReadOnly: true))
    #expect(answer.status == .held)
    #expect(answer.complaints.split(separator: "\n").count { $0.contains("will not be kept") } == 1)
    let homeless = train("6", files: MemoryFiles(), variables: [:])
    #expect(homeless.status == .held)
    let stopped = train(
      "6", files: MemoryFiles(isReadOnly: true), watch: Self.ticking(interruptAfter: 3))
    #expect(stopped.complaints.hasSuffix("stopped after round 3 of 40; nothing was kept\n"))
  }

  @Test("What is no training is one line and exit status 2") func refusals() {
    func words(_ words: String...) -> String {
      var collected = Collected()
      let status = run(
        arguments: ["train"] + words,
        environment: CommandEnvironment(
          columns: nil, variables: [:], course: Self.course, files: MemoryFiles()),
        output: &collected)
      #expect(status == .unusable)
      #expect(collected.output == "")
      return collected.complaints
    }
    #expect(
      words() == "lessons: train: which training? 06-halves/halving\n"
        + "Usage: lessons train LESSON[/TRAINING]\n")
    #expect(words("07") == "lessons: 07-nothing: this lesson has nothing to train\n")
    #expect(words("6/halfing").hasPrefix("lessons: 'halfing': unknown training of 06-halves"))
    #expect(words("9").contains("unknown lesson"))
    #expect(words("6", "--rounds", "many").hasPrefix("lessons: --rounds: expected a whole number"))
    #expect(words("6", "--rounds", "-1").hasPrefix("lessons: --rounds: expected a whole number"))
    #expect(
      words("6", "--seed", "13").hasSuffix(
        "lessons: 06-halves/halving: expected at least one outcome to choose from, found none\n"))
  }

  @Test("Durations are short and round") func durations() {
    #expect(TimeLeft.duration(0) == "0.0 s")
    #expect(TimeLeft.duration(0.44) == "0.4 s")
    #expect(TimeLeft.duration(59.4) == "59 s")
    #expect(TimeLeft.duration(61) == "1 min 01 s")
    #expect(TimeLeft.duration(7500) == "2 h 05 min")
    #expect(TimeLeft.duration(.infinity) == "a long time")
  }
}

/// A count that closures share.
private final class Shared: Sendable {
  private let count = Mutex(-1)
  var value: Int { count.withLock { $0 } }
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
