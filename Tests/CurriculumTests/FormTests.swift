import Curriculum
import LessonKit
import Testing
import Verification

/// What every lesson has, whatever it is about.
@Suite("The form of lessons")
struct FormTests {
  /// The lessons that have something to do at their end.
  static let rebuilt = Catalogue.lessons.filter { !$0.practice.questions.isEmpty }

  @Test(
    "A frame, sections, something to do and something to read", arguments: rebuilt)
  func frame(lesson: Lesson) {
    #expect(!lesson.frame.needs.isEmpty && lesson.frame.gives.count >= 3, "\(lesson.id)")
    #expect(
      (15...60).contains(lesson.frame.minutes), "\(lesson.id): \(lesson.frame.minutes) minutes")
    #expect(lesson.sections.count >= 5, "\(lesson.id)")
    #expect(Set(lesson.sections.map(\.id)).count == lesson.sections.count, "\(lesson.id)")
    #expect(lesson.practice.questions.count == 3, "\(lesson.id)")
    #expect(lesson.practice.suggestions.count == 2, "\(lesson.id)")
    #expect(!lesson.reading.isEmpty, "\(lesson.id): nothing to read on")
    let exercises = lesson.inquiries.filter { $0.assignment != nil }.map(\.id)
    #expect(
      exercises.contains(lesson.practice.homework), "\(lesson.id): \(lesson.practice.homework)")
  }

  // Catches: numbers on a page whose model is not above them.
  @Test(
    "Every derivation and exercise shows its model",
    arguments: Taught.all.filter { !$0.lesson.practice.questions.isEmpty })
  func givens(taught: Taught) {
    #expect(!taught.inquiry.givens.isEmpty, "\(taught.testDescription) shows no model")
  }

  // Catches: a page that is a list of facts, or one on which everything is said at equal size.
  @Test(
    "Steps are few enough to be read, and enough to be an argument", arguments: rebuilt)
  func steps(lesson: Lesson) {
    let steps = lesson.inquiries.flatMap(\.checks).count { $0.role == .step }
    #expect((10...25).contains(steps), "\(lesson.id): \(steps) steps")
  }

  @Test("Suggestions and invitations name experiments that exist", arguments: rebuilt)
  func experiments(lesson: Lesson) {
    let names = Set(lesson.experiments.map(\.id))
    #expect(!names.isEmpty, "\(lesson.id): nothing to move")
    for suggestion in lesson.practice.suggestions {
      let name = suggestion.call.split(separator: "/").last.map(String.init) ?? ""
      let call = "lessons try \(lesson.id.prefix(2))/\(name)"
      #expect(names.contains(name) && suggestion.call == call, "\(lesson.id): \(suggestion.call)")
    }
    for case .experiment(let name) in lesson.sections.flatMap(\.blocks) {
      #expect(names.contains(name), "\(lesson.id): \(name)")
    }
  }

  @Test("Every experiment can be shown wherever its controls end", arguments: rebuilt)
  func screens(lesson: Lesson) throws {
    for experiment in lesson.experiments {
      for control in experiment.controls.indices {
        for steps in [-1000, -1, 0, 1, 1000] {
          for component in experiment.controls[control].start.indices {
            let settings = experiment.moved(
              experiment.start, control: control, component: component, by: steps)
            #expect(
              !(try experiment.screen(settings)).readings.isEmpty, "\(lesson.id)/\(experiment.id)")
          }
        }
      }
      for mark in experiment.marks { #expect(experiment.settings(marked: mark.name) != nil) }
    }
  }

  // Catches: a number that was typed and is no longer what the code computes.
  @Test("Numbers in prose are computed", arguments: rebuilt)
  func numbers(lesson: Lesson) throws {
    for case .prose(let text) in lesson.sections.flatMap(\.blocks) {
      for name in PageNumbers.placeholders(in: text) {
        let isKnown = name == PageNumbers.models || lesson.numbers.names.contains(name)
        #expect(isKnown, "\(lesson.id): {\(name)}")
      }
      let paragraphs = text.split(separator: "\n").filter { !$0.hasPrefix("    ") }
      for typed in paragraphs.joined(separator: " ").matches(of: /\d?\.\d\d\d+/) {
        Issue.record("\(lesson.id): \(typed.output) is typed in “\(text.prefix(60))…”")
      }
      _ = try lesson.numbers.fill(text, RunContext(seed: 1))
    }
    let used = lesson.sections.flatMap(\.blocks).flatMap { block -> [String] in
      guard case .prose(let text) = block else { return [] }
      return PageNumbers.placeholders(in: text)
    }
    #expect(lesson.numbers.names.isSubset(of: used), "\(lesson.id): numbers that no prose names")
  }

  @Test("A lesson is looked at: four pictures at least", arguments: rebuilt)
  func pictures(lesson: Lesson) {
    let run = lesson.run(RunRequest(plan: .init(problems: 1)))
    let pictures = run.parts.count { if case .picture = $0 { true } else { false } }
    #expect(pictures >= 4, "\(lesson.id): \(pictures) pictures")
  }
}
