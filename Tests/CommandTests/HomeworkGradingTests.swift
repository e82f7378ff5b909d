import Curriculum
import FoundationEssentials
import JSONText
import LessonKit
import Testing

@testable import LessonRunner

extension HomeworkDesk {
  /// Somebody's folder with an assignment of these exercises, and nothing written.
  fileprivate func student(_ name: String, _ exercises: String = HomeworkGradingTests.one) throws {
    try write(
      "{\"title\": \"Week 5\", \"lesson\": \"04\", \"exercises\": [\(exercises)]}",
      to: name + "/assignment.json")
  }

  fileprivate func grade(_ names: [String], _ more: String...) -> (
    status: Int32, output: String, complaints: String
  ) {
    Lessons.run(["homework", "grade"] + names.map { path + "/" + $0 } + more)
  }

  fileprivate func check(_ name: String, _ more: String...) -> String {
    Lessons.run(["homework", "check", path + "/" + name] + more).output
  }
}

/// What is remembered of a homework from one call to the next, and how a class ends.
@Suite("Homework that is judged again") struct HomeworkGradingTests {
  fileprivate static let one = "{\"exercise\": \"leave-one-out\", \"points\": 2}"

  private static let right = """
    import tightbound

    def baselines(signals):
        total = sum(signals)
        return [(total - f) / (len(signals) - 1) for f in signals]

    tightbound.serve(globals())
    """

  // Catches: N machines of which each grades everybody.
  @Test("A share of a class is every N-th folder, beginning with the I-th")
  func shares() throws {
    let desk = try HomeworkDesk()
    let names = ["ann", "bob", "cyd", "dan", "eve"]
    for name in names { try desk.student(name) }
    func graded(_ share: String) -> [String] {
      desk.grade(names, "--part", share, "--format", "json").output
        .matches(of: #/"homework": "(\w+)"/#).map { String($0.1) }
    }
    #expect(graded("1/2") == ["ann", "cyd", "eve"])
    #expect(graded("2/2") == ["bob", "dan"])
    #expect(graded("3/3") == ["cyd"])
    #expect(graded("1/1") == names)
  }

  // Catches: a class of which somebody was not graded, and a script that goes on as if all were well.
  @Test(
    "The status is 0 where everybody is right and graded, else 1",
    .enabled(if: Submission.hasPython))
  func status() throws {
    let desk = try HomeworkDesk()
    try desk.student("ann")
    #expect(desk.grade(["ann"]).status == 1)
    try desk.write(Self.right, to: "ann/leave_one_out.py")
    #expect(desk.grade(["ann"]).status == 0)
    let (status, _, complaints) = desk.grade(["ann", "nobody"])
    #expect(status == 1 && complaints.contains("nobody"))
  }

  // Catches: grades of an easier call, with fewer problems or another seed, that are handed out again.
  @Test("A kept result is that of as many problems, of the same seed and the same assignment")
  func kept() throws {
    let desk = try HomeworkDesk()
    try desk.student("ann")
    try desk.write("{\"lesson\": \"04\", \"exercises\": [\(Self.one)]}", to: "own.json")
    func isKept(_ more: String...) -> Bool {
      let call = ["homework", "grade", desk.path + "/ann", "--results", desk.path + "/r"] + more
      return Lessons.run(call).complaints.isEmpty
    }
    #expect(isKept("--problems", "3", "--seed", "4"))
    try FileManager.default.removeItem(atPath: desk.path + "/ann")
    #expect(isKept("--problems", "3", "--seed", "4"))
    #expect(!isKept("--problems", "4", "--seed", "4"))
    #expect(!isKept("--problems", "3", "--seed", "5"))
    #expect(!isKept("--problems", "3", "--seed", "4", "--assignment", desk.path + "/own.json"))
  }

  // Catches: “as before” of what was judged on other problems; and of another question under the same name.
  @Test("Right as before is what was asked as it is now", .enabled(if: Submission.hasPython))
  func asBefore() throws {
    let desk = try HomeworkDesk()
    try desk.student("hw")
    try desk.write(Self.right, to: "hw/leave_one_out.py")
    #expect(desk.check("hw").contains("✓ leave-one-out  2 of 2\n"))
    #expect(desk.check("hw").contains("(as before)"))
    #expect(!desk.check("hw", "--seed", "2").contains("(as before)"))
    #expect(!desk.check("hw", "--seed", "2", "--problems", "2").contains("(as before)"))
    #expect(desk.check("hw", "--seed", "2", "--problems", "2").contains("(as before)"))
  }

  // Catches: an answer to last week's model that is right for this week's, since both have one name.
  @Test("A task that has changed is judged anew", .enabled(if: Submission.hasPython))
  func changedTask() throws {
    let desk = try HomeworkDesk()
    func task(draws: Int) -> String {
      """
      {"exercise": "my-gradient", "task": "elbo-gradient", "draws": \(draws), "model": {
        "spec": {"model": "latent-factor", "prior": [0.4], "weights": [[1, -0.5]], "bias": [0, 0], \
      "observations": [[0, 1]]}, "q": {"probabilities": [0.3]}, "constantBaseline": -2}}
      """
    }
    try desk.student("hw", task(draws: 1))
    // Right for one draw alone.
    try desk.write(
      """
      import math, tightbound

      def estimate(choices, samples, q, log_joint):
          z = choices.flip(q[0])
          f = log_joint[int(z)] - math.log(q[0] if z else 1 - q[0])
          return [samples * (f + 4) * (z - q[0])]

      tightbound.serve(globals())
      """, to: "hw/my_gradient.py")
    #expect(desk.check("hw").contains("✓ my-gradient  6 of 6"))
    #expect(desk.check("hw").contains("(as before)"))
    try desk.student("hw", task(draws: 2))
    let changed = desk.check("hw")
    #expect(changed.contains("✗ my-gradient  0 of 6"), "\(changed)")
  }

  // Catches: all exercises judged again because a line of one was saved.
  @Test("An exercise stays right while another one is written", .enabled(if: Submission.hasPython))
  func untouched() throws {
    let desk = try HomeworkDesk()
    try desk.student("hw", Self.one + ", {\"exercise\": \"running-baseline\"}")
    try desk.write(Self.right, to: "hw/leave_one_out.py")
    #expect(desk.check("hw").contains("✓ leave-one-out  2 of 2\n"))
    try desk.write("# a thought\n", to: "hw/running_baseline.py")
    #expect(desk.check("hw").contains("✓ leave-one-out  2 of 2  (as before)"))
    // What no exercise is called after may be used by each.
    try desk.write("# help\n", to: "hw/mine.py")
    #expect(desk.check("hw").contains("✓ leave-one-out  2 of 2\n"))
  }

  private func result(_ name: String, written: [Bool]) -> HomeworkResult {
    let parts = written.map {
      HomeworkItemResult.Part(
        name: "f", isRight: false, isWritten: $0, points: 0, outOf: 1, lines: ["words"],
        mistakes: [])
    }
    return HomeworkResult(
      name: name, title: "", items: [.init(id: "e", title: "", outOf: 2, parts: parts)])
  }

  // Catches: a name that a spreadsheet computes.
  @Test("A cell that would be a formula is none", arguments: ["=", "+", "-", "@"])
  func formulas(sign: String) {
    let name = sign + "SUM(A1:A9)"
    #expect(
      HomeworkResult.csv([result(name, written: [true])])
        == "homework,points,out of,e\n'\(name),0,2,0\n")
    #expect(HomeworkResult.csv([result("a\"b,c", written: [true])]).contains("\n\"a\"\"b,c\",0"))
  }

  // Catches: ○, nothing written, over a function that is wrong.
  @Test("An exercise is written where one of its functions is")
  func partsWritten() {
    func mark(_ written: [Bool]) -> Character? {
      result("a", written: written).items[0].lines(TerminalRendering(TerminalStyle())).first?.first
    }
    #expect(mark([true, false]) == "✗" && mark([false, true]) == "✗")
    #expect(mark([false, false]) == "○")
  }

  // Catches: points whose sum is infinite, and a bar of that length, which is none.
  @Test(
    "Points are a number above 0 and at most a million", arguments: ["0", "-1", "1e7", "1e308"])
  func points(typed: String) throws {
    let desk = try HomeworkDesk("points\(typed)")
    try desk.student("hw", "{\"exercise\": \"leave-one-out\", \"points\": \(typed)}")
    let (status, _, complaints) = Lessons.run(["homework", "check", desk.path + "/hw"])
    #expect(status == 2 && complaints.contains("exercises[0].points: expected"), "\(complaints)")
  }
}
