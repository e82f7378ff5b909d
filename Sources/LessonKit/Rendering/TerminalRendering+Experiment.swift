import Probability

extension TerminalRendering {
  /// An experiment at some settings: what stays, what can be moved and where it is, what comes of it.
  ///
  /// - Parameters:
  ///   - experiment: the experiment.
  ///   - settings: where its controls are.
  ///   - chosen: the control and the component that the arrow keys move; nil where there are none.
  ///   - id: the lesson.
  /// - Returns: the lines of a page.
  public func lines(
    _ experiment: Experiment, at settings: Experiment.Settings,
    chosen: (control: Int, component: Int)? = nil, in id: String
  ) -> [String] {
    var lines = Wrapping.paragraph(experiment.prompt, width: prose) + [""]
    if !experiment.givens.isEmpty {
      lines += GivenText.lines(experiment.givens, style: style) + [""]
    }
    for (place, control) in experiment.controls.enumerated() {
      let component = chosen.flatMap { $0.control == place ? $0.component : nil }
      lines += self.lines(control, settings.list(control.name), component)
    }
    do {
      let screen = try experiment.screen(settings)
      return lines + [""] + self.lines(screen, in: id)
    } catch {
      return lines + ["", style.paint("This could not be computed: \(error)", .bad)]
    }
  }

  /// "q(z) = (0.2, 0.5, 0.3)", with a mark under the number that moves.
  private func lines(
    _ control: Experiment.Control, _ values: [Double], _ component: Int?
  ) -> [String] {
    let texts: [String]
    let names: [String]
    switch control.range {
    case .number: (texts, names) = (values.map { Format.short($0, digits: 6) }, [])
    case .simplex(let states, _):
      (texts, names) = (values.map { Format.short($0, digits: 4) }, states)
    case .choice(let choices):
      (texts, names) = (values.map { choices[min(max(0, Int($0)), choices.count - 1)] }, [])
    }
    let isList = texts.count > 1
    var head = "  \(control.label) = " + (isList ? "(" : "")
    var mark = ""
    for (place, text) in texts.enumerated() {
      if place > 0 { head += ", " }
      if place == component {
        let name = place < names.count ? " " + names[place] : ""
        mark = Columns.blanks(head.count) + "▲" + name
      }
      head += text
    }
    if isList { head += ")" }
    guard component != nil else { return [head] }
    return [style.paint(head, .bold), style.paint(mark, .name)]
  }

  private func lines(_ screen: Experiment.Screen, in id: String) -> [String] {
    let width = screen.readings.map(\.name.count).max() ?? 0
    let numbers = Columns.aligned(
      screen.readings.map { Format.short($0.value.value, digits: 6) })
    var lines = zip(screen.readings, numbers).map { reading, number in
      "  " + Columns.left(reading.name, width) + "  " + style.paint(number, .name)
        + style.paint("  " + reading.value.kind.word, .dim)
    }
    let lesson = Lesson.blank(id)
    for block in screen.blocks {
      for part in lesson.page(block, RunContext(seed: 1, width: style.width)) {
        switch part {
        case .table(let table): lines += [""] + self.lines(table)
        case .picture(let picture): lines += [""] + self.lines(picture)
        case .prose(let text): lines += [""] + Wrapping.page(text, width: prose)
        case .given(let givens): lines += [""] + GivenText.lines(givens, style: style)
        case .failure(let reason): lines += ["", style.paint(reason, .bad)]
        case .code, .experiment, .inquiry: break
        }
      }
    }
    guard !screen.remark.isEmpty else { return lines }
    return lines + [""] + Wrapping.paragraph(screen.remark, width: prose)
  }
}

extension Lesson {
  /// A lesson without anything, for blocks that stand alone.
  fileprivate static func blank(_ id: String) -> Lesson {
    Lesson(
      id: id, title: "", summary: "", frame: Frame(needs: [], gives: [], minutes: 0), sections: [],
      practice: Practice(questions: [], suggestions: [], homework: ""))
  }
}
