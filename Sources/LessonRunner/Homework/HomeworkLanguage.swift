import LessonKit

/// A language that homework is written in.
enum HomeworkLanguage: String, Sendable, CaseIterable {
  case python, swift

  /// The file of an exercise: leave_one_out.py, LeaveOneOut.swift.
  func file(of exercise: String) -> String {
    let words = exercise.split(separator: "-").map(String.init)
    return switch self {
    case .python: words.joined(separator: "_") + ".py"
    case .swift: words.map(\.capitalisedFirst).joined() + ".swift"
    }
  }

  /// The name of a function or of something that it is given: mean_ratio, meanRatio.
  func name(_ name: String) -> String {
    switch self {
    case .python: name
    case .swift:
      name.split(separator: "_").enumerated()
        .map { $0.offset == 0 ? String($0.element) : String($0.element).capitalisedFirst }.joined()
    }
  }

  /// The file that speaks for a program.
  var client: Client {
    Client.all.first { $0.language == rawValue } ?? Client(language: rawValue, file: "", text: "")
  }

  /// How its files end.
  var ending: String { self == .python ? ".py" : ".swift" }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
