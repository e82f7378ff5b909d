import Probability

extension TerminalRendering {
  /// What the lesson asks and gives, and how long it takes.
  func lines(_ frame: Frame) -> [String] {
    list("You need", frame.needs) + list("You will be able to", frame.gives)
      + Wrapping.paragraph("It takes about \(frame.duration).", width: prose)
      + Wrapping.paragraph(Frame.lectures, width: prose)
  }

  private func list(_ head: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    return [style.paint(head, .bold)]
      + items.flatMap { Wrapping.paragraph($0, width: prose, first: "  · ", rest: "    ") }
  }

  /// The symbols that a section introduces, names in one column and meanings in the other.
  func lines(_ symbols: [Symbol]) -> [String] {
    let column = min(24, symbols.map(\.name.count).max() ?? 0)
    return symbols.flatMap { symbol -> [String] in
      let name = Columns.left(symbol.name, column)
      let margin = Columns.blanks(4 + column)
      let lines = Wrapping.paragraph(
        symbol.meaning, width: prose, first: "  \(name)  ", rest: margin)
      return [
        "  " + style.paint(symbol.name, .bold)
          + (lines.first ?? "").dropFirst(2 + symbol.name.count)
      ] + lines.dropFirst()
    }
  }

  /// Questions, suggestions and the homework.
  func lines(_ practice: Practice, _ id: String) -> [String] {
    var lines = [heading("Try yourself")]
    for (number, question) in zip(1..., practice.questions) {
      lines += Wrapping.paragraph(
        question.text, width: prose, first: number == 1 ? "\n1. " : "\(number). ", rest: "   ")
    }
    lines = lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      .map(String.init)
    if !practice.questions.isEmpty { lines += ["   Answers: lessons quiz \(id.prefix(2))"] }
    for suggestion in practice.suggestions {
      lines += [""] + Wrapping.paragraph(suggestion.text, width: prose)
      lines.append("    " + style.paint(suggestion.call, .name))
    }
    if !practice.homework.isEmpty {
      lines +=
        [""]
        + Wrapping.paragraph(
          "Homework: the task of \(id.prefix(2))/\(practice.homework).", width: prose)
    }
    return lines
  }

  /// The errata of the lectures with their numbers.
  func lines(_ errata: [LessonRun.ErratumRun]) -> [String] {
    var lines = [heading("The lectures, corrected")]
    for run in errata {
      lines +=
        [""]
        + Wrapping.paragraph(
          run.erratum.model, width: prose, first: run.erratum.id + "  ", rest: "       ")
      do {
        let numbers = try run.numbers.get()
        func text(_ value: Double?) -> String {
          value.map { Format.significant($0) } ?? "undefined"
        }
        lines.append(
          "     " + style.mark(numbers.holds)
            + " printed \(text(numbers.printed)), corrected \(text(numbers.corrected))")
      } catch {
        lines.append(style.paint("     could not be computed: \(error)", .bad))
      }
    }
    return lines + [
      "", "What was printed and where: lessons errata \(errata.first?.erratum.id ?? "")",
    ]
  }

  /// Where to read on.
  func lines(_ reading: [Lesson.Reading]) -> [String] {
    [heading("Read on"), ""]
      + reading.flatMap { work, place in
        Wrapping.paragraph("\(work): \(place)", width: prose, first: "· ", rest: "  ")
      }
  }
}
