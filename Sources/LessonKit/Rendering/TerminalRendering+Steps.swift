extension TerminalRendering {
  /// A section in pieces that may appear one after the other: each step of its chains is one.
  ///
  /// Together the pieces are the lines of the section.
  public func pieces(_ section: LessonRun.SectionRun, _ run: LessonRun) -> [[String]] {
    let lines = lines(section, run)
    let text = ChainText(style: style)
    var pieces: [[String]] = []
    var start = 0
    for case .inquiry(let inquiry) in section.parts {
      for chain in inquiry.chains {
        let steps = text.pieces(chain)
        guard let place = TerminalRendering.place(of: Array(steps.joined()), in: lines, from: start)
        else { continue }
        // What stands before the chain comes with its first step.
        var end = place
        for step in steps {
          end += step.count
          pieces.append(Array(lines[start..<end]))
          start = end
        }
      }
    }
    return (pieces + [Array(lines[start...])]).map { Fitting.folded($0, width: style.width) }
      .filter { !$0.isEmpty }
  }

  /// Where lines stand among others, from some line on.
  private static func place(of part: [String], in lines: [String], from start: Int) -> Int? {
    guard !part.isEmpty, start + part.count <= lines.count else { return nil }
    return (start...(lines.count - part.count)).first { lines[$0...].starts(with: part) }
  }
}
