import Curriculum
import FoundationEssentials
import JSONText
import Testing

@testable import LessonRunner

/// Homework as a student and a lecturer meet it: begun, judged, hinted at, graded in every format.
@Suite struct HomeworkTests {
  private static let right = """
    import tightbound

    def baselines(signals):
        total = sum(signals)
        return [(total - f) / (len(signals) - 1) for f in signals]

    if __name__ == "__main__":
        tightbound.serve(globals())
    """

  private static let wrong = right.replacing("(len(signals) - 1)", with: "len(signals)")

  @Test("Stubs run and say that nothing is written", arguments: ["python", "swift"])
  func stubs(language: String) throws {
    let desk = try HomeworkDesk(language)
    let begun = Lessons.run(["homework", "new", "4", desk.path + "/hw", "--language", language])
    #expect(begun.status == 0, "\(begun.complaints)")
    #expect(begun.output.contains("3 exercises in"))
    let (status, output, complaints) = Lessons.run(["homework", "check", desk.path + "/hw"])
    #expect(status == 1, "\(complaints)")
    for name in ["estimate", "step", "baselines"] {
      #expect(output.contains("○ \(name): not written yet"), "\(output)")
    }
    #expect(output.contains("0 of 8 points"))
    #expect(output.contains("A hint: lessons homework hint"))
  }

  @Test("What is right earns its points and a debrief, and is not judged again while it stays")
  func rightAnswer() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    try desk.write(Self.right, to: "hw/leave_one_out.py")
    let first = Lessons.run(["homework", "check", desk.path + "/hw"])
    #expect(first.output.contains("✓ leave-one-out  2 of 2\n"), "\(first.output)")
    #expect(first.output.contains("The others' mean costs nothing"))
    let second = Lessons.run(["homework", "check", desk.path + "/hw"])
    #expect(second.output.contains("✓ leave-one-out  2 of 2  (as before)"))
    try desk.write(Self.wrong, to: "hw/leave_one_out.py")
    let third = Lessons.run(["homework", "check", desk.path + "/hw"])
    #expect(third.output.contains("behaves like the mistake divides-by-all"), "\(third.output)")
    #expect(third.status == 1)
  }

  @Test("Swift: what is right passes, and what does not compile is told with its line")
  func swiftAnswer() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw", "--language", "swift"])
    try desk.write(
      """
      func baselines(_ task: Task) throws -> [Double] {
        let f = try task.numbers("signals")
        return f.map { (f.reduce(0, +) - $0) / Double(f.count - 1) }
      }
      """, to: "hw/LeaveOneOut.swift")
    let right = Lessons.run(["homework", "check", desk.path + "/hw", "leave-one-out"])
    #expect(right.status == 0, "\(right.output)")
    try desk.write(
      "func baselines(_ task: Task) throws -> [Double] {\n  return &task\n}\n",
      to: "hw/LeaveOneOut.swift")
    let broken = Lessons.run(["homework", "check", desk.path + "/hw", "leave-one-out"])
    #expect(broken.output.contains("LeaveOneOut.swift does not compile"), "\(broken.output)")
    #expect(broken.output.contains("LeaveOneOut.swift:2:"), "\(broken.output)")
  }

  @Test("Hints come one by one, and the last one stays")
  func hints() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    for number in [1, 2, 3, 3] {
      let output = Lessons.run(["homework", "hint", desk.path + "/hw", "leave-one-out"]).output
      #expect(output.contains("leave-one-out, hint \(number) of 3"), "\(output)")
    }
  }

  @Test("Every format says the same of a homework")
  func formats() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    try desk.write(Self.right, to: "hw/leave_one_out.py")
    func grade(_ format: String) -> String {
      Lessons.run(["homework", "grade", desk.path + "/hw", "--format", format]).output
    }
    let json = try JSON(parsing: grade("json"))
    #expect(json["points"] == .number(2))
    #expect(json["outOf"] == .number(8))
    let gradescope = try JSON(parsing: grade("gradescope"))
    #expect(gradescope["score"] == .number(2))
    guard case .array(let tests)? = gradescope["tests"] else { throw Missing() }
    #expect(tests.map { $0["status"] } == ["failed", "failed", "passed"])
    #expect(tests.map { $0["max_score"] } == [4, 2, 2])
    let junit = grade("junit")
    #expect(junit.contains("tests=\"3\" failures=\"2\""))
    #expect(
      junit.contains("<testcase classname=\"leave-one-out\" name=\"baselines\" time=\"0.0\"/>"))
    let line = try #require(grade("classroom").split(separator: "\n").first)
    let data = try #require(Data(base64Encoded: String(line.dropFirst("result=".count))))
    let classroom = try JSON(parsing: Array(data))
    #expect(classroom["version"] == 1)
    #expect(classroom["status"] == "fail")
    #expect(classroom["max_score"] == .number(8))
  }

  private struct Missing: Error {}

  @Test("A class: one table, results that are kept, a folder that is none does not stop it")
  func classOfThree() throws {
    let desk = try HomeworkDesk()
    for (name, text) in [("ann", Self.right), ("bob", Self.wrong)] {
      _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/" + name])
      try desk.write(text, to: name + "/leave_one_out.py")
    }
    let call = [
      "homework", "grade", desk.path + "/ann", desk.path + "/bob", desk.path + "/nobody", "--seed",
      "7", "--results", desk.path + "/grades",
    ]
    let first = Lessons.run(call)
    #expect(
      first.output
        == "homework,points,out of,score-function,running-baseline,leave-one-out\n"
        + "ann,2,8,0,0,2\nbob,0,8,0,0,0\n")
    #expect(first.complaints.contains("nobody"))
    // What was graded is kept, even where the homework is gone; other problems are another grading.
    try FileManager.default.removeItem(atPath: desk.path + "/ann")
    #expect(Lessons.run(call).output == first.output)
    #expect(!Lessons.run(call.map { $0 == "7" ? "8" : $0 }).output.contains("ann"))
  }

  @Test("Whoever hands in again is graded again, and what was kept is what was found")
  func again() throws {
    let desk = try HomeworkDesk()
    for name in ["ann", "bob"] {
      _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/" + name])
      try desk.write(Self.wrong, to: name + "/leave_one_out.py")
    }
    func grade(_ more: [String] = []) -> String {
      Lessons.run(
        [
          "homework", "grade", desk.path + "/ann", desk.path + "/bob", "--results",
          desk.path + "/r",
        ]
          + more
      ).output
    }
    let found = grade(["--format", "json"])
    #expect(grade(["--format", "json"]) == found)
    try desk.write(Self.right, to: "bob/leave_one_out.py")
    #expect(grade().contains("ann,0,8,0,0,0\nbob,2,8,0,0,2\n"))
  }

  @Test("Shares of a class write one table, and everybody chooses their language")
  func shares() throws {
    let desk = try HomeworkDesk()
    try desk.write(
      #"{"title": "Week 5", "lesson": "04", "exercises": [{"exercise": "leave-one-out"}]}"#,
      to: "week5.json")
    for (name, language) in [("ann", "python"), ("bob", "swift"), ("cyd", "python")] {
      let folder = desk.path + "/" + name
      _ = Lessons.run(["homework", "new", "04-nvil", folder, "--language", language])
    }
    try desk.write(Self.right, to: "ann/leave_one_out.py")
    try desk.write(
      """
      func baselines(_ task: Task) throws -> [Double] {
        let f = try task.numbers("signals")
        return f.map { (f.reduce(0, +) - $0) / Double(f.count - 1) }
      }
      """, to: "bob/LeaveOneOut.swift")
    for share in ["1/2", "2/2"] {
      let folders = ["ann", "bob", "cyd"].map { desk.path + "/" + $0 }
      let options = [
        "--assignment", desk.path + "/week5.json", "--results", desk.path + "/r", "--part", share,
      ]
      let (_, _, complaints) = Lessons.run(["homework", "grade"] + folders + options)
      #expect(complaints.isEmpty)
    }
    let table = try String(contentsOf: URL(filePath: desk.path + "/r/grades.csv"), encoding: .utf8)
    #expect(table == "homework,points,out of,leave-one-out\nann,2,2,2\nbob,2,2,2\ncyd,0,2,0\n")
  }

  @Test(
    "A class that is interrupted ends at once, leaves nothing running, and is gone on with",
    .enabled(if: BuiltCommand.isThere && Submission.hasPython))
  func interrupted() throws {
    let desk = try HomeworkDesk()
    for (name, text) in [("ann", Self.right), ("bob", Self.endless), ("cyd", Self.endless)] {
      _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/" + name])
      try desk.write(text, to: name + "/leave_one_out.py")
    }
    let start = ContinuousClock().now
    let (_, output) = try BuiltCommand.shell(
      """
      TMPDIR=$PWD lessons homework grade ann bob cyd --results r & grader=$!
      until [ -e r/ann.json ]; do sleep 0.1; done; sleep 0.5
      kill -TERM $grader; wait $grader; echo "status $?"; ls r
      echo "left $(ls | grep -c '^tightbound-')"
      """, in: desk.path)
    #expect(ContinuousClock().now - start < .seconds(60))
    let words = "stopped with 1 of 3 graded; the same call goes on from there"
    #expect(output.contains(words), "\(output)")
    #expect(output.contains("status 143\nann.json\nleft 0\n"), "\(output)")
  }

  private static let endless = right.replacing("total = sum(signals)", with: "while True: pass")

  @Test(
    "Who draws numbers of their own, or remembers, is told so and nothing else",
    arguments: [
      "import random\ndef baselines(signals): return [random.random() for f in signals]",
      "calls = []\ndef baselines(signals):\n    calls.append(1)\n    return [len(calls) for f in signals]",
    ])
  func ownNumbers(body: String) throws {
    let desk = try HomeworkDesk("own\(body.count)")
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    try desk.write(
      "import tightbound\n\(body)\ntightbound.serve(globals())\n", to: "hw/leave_one_out.py")
    let output = Lessons.run(["homework", "check", desk.path + "/hw", "leave-one-out"]).output
    #expect(output.contains("given the same twice, it answered differently"), "\(output)")
    #expect(!output.contains("refused by"))
  }

  @Test("The exact gradient in the place of an estimate earns nothing, other noise half")
  func halfAndNothing() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    func grade(_ body: String) throws -> JSON? {
      try desk.write(
        """
        import math
        import tightbound

        def estimate(choices, samples, q, baselines, log_joint):
            def log_q(z): return sum(math.log(p if b else 1 - p) for b, p in zip(z, q))
            def signal(n, z): return log_joint[n] - log_q(z)
            def state(n): return [n >> d & 1 for d in range(len(q))]
        \(body)

        tightbound.serve(globals())
        """, to: "hw/score_function.py")
      return try JSON(
        parsing: Lessons.run(["homework", "grade", desk.path + "/hw", "--format", "json"]).output)[
          "points"]
    }
    let exact = """
          total = [0.0] * len(q)
          for n in range(2 ** len(q)):
              z = state(n)
              total = [t + math.exp(log_q(z)) * signal(n, z) * (b - p) for t, b, p in zip(total, z, q)]
          return total
      """
    let plain = """
          total = [0.0] * len(q)
          for _ in range(samples):
              z = [choices.flip(p) for p in q]
              f = signal(sum(b << d for d, b in enumerate(z)), z)
              total = [t + f * (b - p) / samples for t, b, p in zip(total, z, q)]
          return total
      """
    #expect(try grade(exact) == .number(0))
    #expect(try grade(plain) == .number(2))
  }

  @Test("Links and pipes in a homework are not followed: what is the grader's stays theirs")
  func links() throws {
    let desk = try HomeworkDesk()
    _ = Lessons.run(["homework", "new", "04-nvil", desk.path + "/hw"])
    try desk.write(Self.right, to: "secret.py")
    let file = desk.path + "/hw/leave_one_out.py"
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: desk.path + "/secret.py")
    let output = Lessons.run(["homework", "check", desk.path + "/hw", "leave-one-out"]).output
    #expect(output.contains("leave_one_out.py is no plain file"), "\(output)")
  }

  @Test("The clients in the binary are the files of Reference/clients, byte for byte")
  func clients() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../Reference/clients").standardized
    for client in Client.all {
      let text = try String(contentsOf: folder.appending(path: client.file), encoding: .utf8)
      #expect(client.text == text, "run Reference/embed.sh after a change of \(client.file)")
    }
  }

  @Test("A lecturer's assignment chooses, weighs and adds a task of their own")
  func ownAssignment() throws {
    let desk = try HomeworkDesk()
    try desk.write(
      """
      {"title": "Week 5", "lesson": "04", "exercises": [
        {"exercise": "leave-one-out", "points": 5},
        {"exercise": "my-gradient", "task": "elbo-gradient", "draws": 1, "points": 3, "model": \(model)}]}
      """, to: "week5.json")
    let begun = Lessons.run([
      "homework", "new", "--assignment", desk.path + "/week5.json", desk.path + "/hw",
    ])
    #expect(begun.output.contains("2 exercises in"), "\(begun.complaints)")
    try desk.write(
      """
      import math
      import tightbound

      def estimate(choices, samples, q, log_joint):
          z = [choices.flip(p) for p in q]
          log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, q))
          f = log_joint[sum(b << d for d, b in enumerate(z))] - log_q
          return [(f + 4) * (b - p) for b, p in zip(z, q)]

      if __name__ == "__main__":
          tightbound.serve(globals())
      """, to: "hw/my_gradient.py")
    let output = Lessons.run(["homework", "check", desk.path + "/hw"]).output
    #expect(output.contains("✓ my-gradient  3 of 3"), "\(output)")
    #expect(output.contains("3 of 8 points"))
  }

  /// A case of two factors and two words.
  private let model = """
    {"spec": {"model": "latent-factor", "prior": [0.4, 0.6], "weights": [[1, -0.5], [0.25, 0.75]], \
    "bias": [0.1, -0.2], "observations": [[0, 1, 1]]}, "q": {"probabilities": [0.3, 0.55]}, \
    "constantBaseline": -2}
    """

  @Test(
    "Bad calls are one line each",
    arguments: [
      (["homework"], "new, check, watch, hint or grade?"), (["homework", "mark"], "unknown word"),
      (["homework", "new", "4"], "which folder"),
      (["homework", "check", "/nowhere"], "assignment.json"),
      (["homework", "grade"], "which folders?"),
      (["homework", "grade", "x", "--format", "pdf"], "unknown format"),
      (["homework", "grade", "x", "--part", "3/2"], "expected I/N"),
      (["judge", "04/networks-and-steps", "--", "python3"], "nothing of it can be handed in"),
      (["judge", "04/leave-one-in", "--", "python3"], "unknown exercise"),
    ])
  func badCalls(call: [String], reason: String) {
    let (status, output, complaints) = Lessons.run(call)
    #expect(status == 2)
    #expect(output.isEmpty)
    #expect(complaints.contains(reason), "\(complaints)")
  }
}
