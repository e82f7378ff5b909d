import JSONText
import Judge
import Testing

@testable import LessonRunner

@Suite("Programs of several parts", .enabled(if: Submission.hasPython))
struct PartTests {
  private static let python = """
    import tightbound

    def baselines(signals):
        return [(sum(signals) - f) / (len(signals) - 1) for f in signals]

    def estimate(choices, signals, scale=1):
        return scale * signals[choices.choose(len(signals))]

    def empty(signals):
        pass

    def later(signals):
        raise NotImplementedError

    def broken(signals):
        return signals[7]

    tightbound.serve(globals())
    """

  private static let swift = """
    func baselines(_ task: Task, _ choices: inout Choices) throws -> [Double] {
      let f = try task.numbers("signals")
      print("this goes to standard error")
      return f.map { (f.reduce(0, +) - $0) / Double(f.count - 1) }
    }

    serve([
      "baselines": baselines,
      "estimate": { task, choices in
        let f = try task.numbers("signals")
        return try task.number("scale") * f[choices.choose(f.map { _ in 1 / Double(f.count) })]
      },
      "empty": { _, _ in nil },
      "broken": { task, _ in try task.table("signals") },
    ])
    """

  private static let plus = """
    #include "tightbound.hpp"
    using namespace tightbound;
    int main() {
      return serve({
          {"baselines",
           [](const Task& task, Choices&) {
             auto f = task.numbers("signals");
             double sum = 0;
             for (double x : f) sum += x;
             for (double& x : f) x = (sum - x) / (f.size() - 1);
             std::cout << "this goes to standard error" << std::endl;
             return f;
           }},
          {"estimate",
           [](const Task& task, Choices& choices) {
             auto f = task.numbers("signals");
             std::vector<double> law(f.size(), 1.0 / f.size());
             return task.number("scale") * f[choices.choose(law)];
           }},
          {"empty", [](const Task&, Choices&) { return unwritten(); }},
          {"broken", [](const Task& task, Choices&) { return task.numbers("nothing"); }},
      });
    }
    """

  @Test(
    "They are judged one by one on one process; what is not written is told, and the rest goes on",
    arguments: [
      ("estimate.py", python, ""),
      ("main.swift", swift, "swiftc main.swift Tightbound.swift -o estimate"),
      ("estimate.cpp", plus, "c++ -std=c++17 estimate.cpp -o estimate"),
    ])
  func parts(name: String, text: String, build: String) throws {
    let submission = try Submission(name, text)
    guard try build.isEmpty || submission.builds(build) else { return submission.remove() }
    let command = build.isEmpty ? [Submission.python, name] : ["./estimate"]
    try submission.asked(command: command) { interview in
      func task(_ part: String, _ signals: [Double]) -> JSON {
        [
          "exercise": "test", "part": .string(part),
          "given": part == "estimate"
            ? ["signals": .numbers(signals), "scale": 2] : ["signals": .numbers(signals)],
        ]
      }
      for part in ["empty", "later", "absent"] {
        #expect(throws: Fault.unwritten) {
          try interview.value(of: task(part, [1]))
        }
      }
      for shift in 0..<300 {
        let signals = [1, 2, 4 + Double(shift)]
        let value = try interview.value(of: task("baselines", signals))
        #expect(value == .numbers([signals[1] + signals[2], 1 + signals[2], 3].map { $0 / 2 }))
      }
      let law = try interview.law(of: task("estimate", [1, 2, 4]))
      #expect(law.outcomes.map(\.result) == [2, 8, 4])
      do {
        _ = try interview.value(of: task("broken", [1]))
        Issue.record("broken has a value")
      } catch let fault as Fault { #expect(fault.kind == .failed, "\(fault)") }
    }
  }

  @Test("A program that changes what it was given changes its own copy, or is told to make one")
  func givenIsItsOwn() throws {
    let submission = try Submission(
      "estimate.py",
      """
      import tightbound

      def smallest(signals):
          signals.sort()
          return signals[0]

      tightbound.serve(globals())
      """)
    try submission.asked(command: [Submission.python, "estimate.py"]) { interview in
      func task(_ count: Int) -> JSON {
        let signals = (0..<count).map { Double(count - $0) }
        return ["exercise": "test", "part": "smallest", "given": ["signals": .numbers(signals)]]
      }
      #expect(try interview.value(of: task(64)) == 1)
      do {
        _ = try interview.value(of: task(65))
        Issue.record("a list that all runs share was changed")
      } catch let fault as Fault { #expect("\(fault)".contains("change a copy"), "\(fault)") }
    }
  }
}
