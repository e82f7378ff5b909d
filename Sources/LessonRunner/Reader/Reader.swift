/// Where a reader is in a lesson, and what a key does: a value without a terminal.
struct Reader: Equatable, Sendable {
  /// What has to be fetched or left after a key.
  enum Wish: Equatable, Sendable {
    case nothing, leave
    /// The mistakes, the reasons or the help for what is read.
    case mistakes, why, help
    /// Something to move.
    case experiment
    /// A word of the glossary.
    case word(String)
  }

  /// How many sections there are.
  let count: Int
  /// The section that is read, from zero.
  private(set) var section: Int
  /// How many pieces of it are shown.
  private(set) var shown: Int
  /// The first line on the screen.
  private(set) var top = 0
  /// Whether pieces appear one by one.
  private(set) var hasSteps: Bool
  /// What stands in front of the page.
  private(set) var note: ReaderNote?
  /// Its first line on the screen.
  private(set) var noteTop = 0
  /// A word being typed.
  private(set) var word: String?

  init(count: Int, section: Int = 0, hasSteps: Bool = false) {
    self.count = count
    self.section = min(max(0, section), max(0, count - 1))
    self.hasSteps = hasSteps
    shown = hasSteps ? 1 : .max
  }

  /// Puts something in front of the page.
  mutating func show(_ note: ReaderNote) { (self.note, noteTop) = (note, 0) }

  /// Does what a key says, on a page of which `room` lines fit on the screen.
  mutating func press(_ key: Key, on page: ReaderPage, room: Int) -> Wish {
    settle(on: page, room: room)
    if word != nil { return type(key) }
    if note != nil { return browse(key, room: room) }
    switch key {
    case .gone, .character("q"), .escape: return .leave
    case .character("m"): return .mistakes
    case .character("w"): return .why
    case .character("t"): return .experiment
    case .character("?"), .character("h"): return .help
    case .character("g"): word = ""
    case .character("s"): toggleSteps(page, room: room)
    case .character(" "), .pageDown, .enter: forward(on: page, room: room)
    case .character("b"), .pageUp, .backspace: back(on: page, room: room)
    case .character("n"), .right: go(to: section + 1)
    case .character("p"), .left: go(to: section - 1)
    case .down, .character("j"): top += 1
    case .up, .character("k"): top = max(0, top - 1)
    case .home: top = 0
    case .end: (shown, top) = (.max, .max)
    default: break
    }
    settle(on: page, room: room)
    return .nothing
  }

  /// Keeps what is shown within the page.
  mutating func settle(on page: ReaderPage, room: Int) {
    shown = min(max(1, shown), max(1, page.pieces.count))
    top = min(top, max(0, page.lines(shown).count - room))
    if let note { noteTop = min(noteTop, max(0, note.lines.count - room)) }
  }

  // MARK: What keys do

  /// The next piece, or the next screen, or the next section.
  private mutating func forward(on page: ReaderPage, room: Int) {
    let isAtEnd = top + room >= page.lines(shown).count
    if !isAtEnd {
      top += max(1, room - 1)
    } else if shown < page.pieces.count {
      shown += 1
      // The new piece comes into view from its beginning, where there is room for it.
      let before = page.lines(shown - 1).count
      top = max(top, min(before, page.lines(shown).count - room))
    } else {
      go(to: section + 1)
    }
  }

  /// One screen back, or one piece, or the end of the section before.
  private mutating func back(on page: ReaderPage, room: Int) {
    if hasSteps, shown > 1 {
      shown -= 1
      top = .max
    } else if top > 0 {
      top = max(0, top - max(1, room - 1))
    } else if section > 0 {
      section -= 1
      (shown, top) = (.max, .max)
    }
  }

  private mutating func go(to place: Int) {
    guard 0..<count ~= place, place != section else { return }
    section = place
    (shown, top) = (hasSteps ? 1 : .max, 0)
  }

  private mutating func toggleSteps(_ page: ReaderPage, room: Int) {
    hasSteps.toggle()
    (shown, top) = (hasSteps ? 1 : .max, hasSteps ? 0 : top)
  }

  /// Keys while something stands in front of the page.
  private mutating func browse(_ key: Key, room: Int) -> Wish {
    switch key {
    case .gone: return .leave
    case .character("q"), .escape, .backspace, .enter: note = nil
    case .character(" "), .pageDown: noteTop += max(1, room - 1)
    case .character("b"), .pageUp: noteTop = max(0, noteTop - max(1, room - 1))
    case .down, .character("j"): noteTop += 1
    case .up, .character("k"): noteTop = max(0, noteTop - 1)
    case .home: noteTop = 0
    case .end: noteTop = .max
    case .character("g"): word = ""
    default: break
    }
    if let note { noteTop = min(noteTop, max(0, note.lines.count - room)) }
    return .nothing
  }

  /// Keys while a word is typed.
  private mutating func type(_ key: Key) -> Wish {
    let typed = word ?? ""
    switch key {
    case .gone: return .leave
    case .escape: word = nil
    case .backspace: word = typed.isEmpty ? nil : String(typed.dropLast())
    case .character(let letter): if typed.count < 60 { word = typed + String(letter) }
    case .enter:
      word = nil
      return typed.isEmpty ? .nothing : .word(typed)
    default: break
    }
    return .nothing
  }
}
