import Curriculum
import FoundationEssentials
import JSONText
import LessonKit
import Testing

@testable import LessonRunner

/// The functions of exercises, written in Python: right ones in other words, and the mistakes of the
/// catalogue, each handed in as a program of its own.
@Suite struct HandinTests {
  /// A file of variants: the exercise that it hands in for.
  struct Variants: Sendable, CustomTestStringConvertible {
    let exercise: String
    let file: String
    var testDescription: String { exercise }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Handins").path

  private static let client = URL(filePath: folder).appending(
    path: "../../../Reference/clients/tightbound.py"
  ).standardized.path

  static let files: [Variants] = {
    let manager = FileManager.default
    let lessons = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    return lessons.flatMap { lesson in
      let names = (try? manager.contentsOfDirectory(atPath: "\(folder)/\(lesson)")) ?? []
      return names.filter { $0.hasSuffix(".py") }.sorted().map { name in
        let id = name.dropLast(3).replacing("_", with: "-")
        return Variants(exercise: "\(lesson)/\(id)", file: "\(folder)/\(lesson)/\(name)")
      }
    }
  }()

  private static func variants(_ file: String) throws -> [HandinVariant] {
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    let pattern = #/@(right|mistake|weighing)\((?:"([a-z0-9_]+)", )?"([a-z0-9-]+)"(?:\)|, also)/#
    return text.matches(of: pattern).map {
      HandinVariant(
        kind: $0.1 == "right" ? "right" : "mistake", part: String($0.2 ?? ""), name: String($0.3))
    }
  }

  @Test(
    "what is right passes in other words, and each mistake is told its own name", arguments: files)
  func judged(_ variants: Variants) throws {
    let all = try Self.variants(variants.file)
    #expect(all.contains { $0.kind == "right" })
    for variant in all {
      let command = [
        "python3", Self.folder + "/variants.py", variants.file, variant.name, Self.client,
      ]
      try variant.isToldApart(in: variants.exercise, command: command)
    }
  }

  @Test("Every exercise of every lesson can be handed in, and is, in Python")
  func complete() {
    let exercises = Course.real.lessons.flatMap { lesson in
      lesson.inquiries.filter { $0.assignment != nil }.map { (lesson.id, $0) }
    }
    #expect(exercises.count >= 38)
    let handedIn = Set(Self.files.map(\.exercise))
    for (lesson, exercise) in exercises {
      #expect(exercise.handin?.parts.isEmpty == false, "\(lesson)/\(exercise.id)")
      #expect(handedIn.contains("\(lesson)/\(exercise.id)"))
    }
  }

  @Test(
    "Who picks what is not there is told so",
    arguments: [
      ("float('nan')", "number 1 of the result is nan: expected a whole number from 0 to "),
      ("[0, 2.5]", "number 2 of the result is 2.5: expected a whole number from 0 to "),
      ("[-1, 0]", "number 1 of the result is -1: expected a whole number"),
      ("[0, 1e300]", "number 2 of the result is 1"), ("[0, float('inf')]", "is inf: expected"),
      ("[[0, 1]]", "expected a list of whole numbers, found one list in a list"),
      ("[0] * 1000", "1000 things are picked, where there are"),
      ("[]", "the mean is"), ("[0, 0]", "the mean is"), ("[0, 1, 2]", "the mean is"),
    ])
  func picks(result: String, words: String) throws {
    let submission = try Submission(
      "draw.py",
      """
      import tightbound

      def draw(choices, count, size):
          choices.flip(0.5)
          return \(result)

      tightbound.serve(draw)
      """)
    defer { submission.remove() }
    let (status, output, complaints) = Lessons.run([
      "judge", "07/natural-step", "--json", "--", "python3", submission.folder + "/draw.py",
    ])
    #expect(status == 1, "\(complaints)")
    #expect(output.contains(words), "\(result): \(output)")
  }
}
