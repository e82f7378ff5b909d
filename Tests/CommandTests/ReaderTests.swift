import Testing

@testable import LessonKit
@testable import LessonRunner

@Suite("The reader's state")
struct ReaderTests {
  private static let short = ReaderPage([["one"], ["two"], ["three"]])
  private static let long = ReaderPage([(1...30).map { "\($0)" }])

  private func pressing(
    _ keys: [Key], _ reader: Reader, on page: ReaderPage, room: Int = 10
  ) -> (Reader, [Reader.Wish]) {
    var reader = reader
    let wishes = keys.map { reader.press($0, on: page, room: room) }
    return (reader, wishes)
  }

  @Test("Space goes down a long page without skipping a line, then to the next section")
  func space() {
    var reader = Reader(count: 3)
    var tops = [0]
    while reader.section == 0 {
      _ = reader.press(.character(" "), on: Self.long, room: 10)
      tops.append(reader.top)
    }
    #expect(tops == [0, 9, 18, 20, 0])
    #expect(reader.section == 1)
  }

  @Test("Steps appear one by one, and go one by one")
  func steps() {
    let first = Reader(count: 2, hasSteps: true)
    #expect(first.shown == 1)
    let (all, _) = pressing([.character(" "), .character(" ")], first, on: Self.short)
    #expect(all.shown == 3 && all.section == 0)
    #expect(pressing([.character("b")], all, on: Self.short).0.shown == 2)
    let (next, _) = pressing([.character(" ")], all, on: Self.short)
    #expect(next.section == 1 && next.shown == 1)
    let (whole, _) = pressing([.character("s")], first, on: Self.short)
    #expect(whole.shown == 3 && !whole.hasSteps)
  }

  @Test("A new step comes into view")
  func view() {
    let page = ReaderPage([(1...9).map { "\($0)" }, ["10", "11", "12"]])
    let (reader, _) = pressing(
      [.character(" ")], Reader(count: 1, hasSteps: true), on: page, room: 10)
    #expect(reader.shown == 2)
    #expect(reader.top == 2)
  }

  @Test("Sections by n and p, within the lesson; back ends at the end of the section before")
  func sections() {
    let (last, _) = pressing([.character("n"), .right, .right], Reader(count: 3), on: Self.long)
    #expect(last.section == 2)
    #expect(pressing([.character("p"), .left, .left], last, on: Self.long).0.section == 0)
    let (back, _) = pressing([.character("b")], last, on: Self.long)
    #expect(back.section == 1 && back.top == 20)
    #expect(Reader(count: 3, section: 99).section == 2)
    #expect(Reader(count: 0, section: 5).section == 0)
  }

  @Test("Lines by arrows, ends by home and end, never outside the page")
  func lines() {
    let (down, _) = pressing([.down, .down, .up], Reader(count: 1), on: Self.long)
    #expect(down.top == 1)
    #expect(pressing([.up], Reader(count: 1), on: Self.long).0.top == 0)
    #expect(pressing([.end, .down], Reader(count: 1), on: Self.long).0.top == 20)
    #expect(pressing([.end, .home], Reader(count: 1), on: Self.long).0.top == 0)
    // A page that became shorter, as in a wider window.
    let (reader, _) = pressing([.end, .redraw], Reader(count: 1), on: Self.long)
    #expect(pressing([.redraw], reader, on: Self.short).0.top == 0)
  }

  @Test("Keys that ask for something say so")
  func wishes() {
    let keys: [Key] = [
      .character("m"), .character("w"), .character("t"), .character("?"), .character("x"),
      .character("q"),
    ]
    let (_, wishes) = pressing(keys, Reader(count: 1), on: Self.short)
    #expect(wishes == [.mistakes, .why, .experiment, .help, .nothing, .leave])
    #expect(pressing([.gone, .escape], Reader(count: 1), on: Self.short).1 == [.leave, .leave])
  }

  @Test("A word is typed, mended and looked up")
  func word() {
    let keys: [Key] = [.character("g")] + "gaq".map { .character($0) } + [.backspace]
    let (typing, _) = pressing(keys, Reader(count: 1), on: Self.short)
    #expect(typing.word == "ga")
    #expect(pressing([.character("p"), .enter], typing, on: Self.short).1.last == .word("gap"))
    #expect(pressing([.escape], typing, on: Self.short).0.word == nil)
    let emptied = pressing([.backspace, .backspace, .backspace], typing, on: Self.short).0
    #expect(emptied.word == nil)
  }

  @Test("What was asked for stands in front of the page, scrolls, and goes")
  func note() {
    var reader = Reader(count: 2)
    reader.show(ReaderNote(title: "Why", lines: (1...25).map { "\($0)" }))
    let (down, _) = pressing([.character(" "), .character(" ")], reader, on: Self.short)
    #expect(down.noteTop == 15 && down.section == 0)
    let (gone, wishes) = pressing([.character("q")], down, on: Self.short)
    #expect(gone.note == nil && wishes == [.nothing])
  }
}

@Suite("Keys")
struct KeyTests {
  private func keys(_ bytes: [Int]) -> [Key] {
    var rest = bytes[...]
    var keys: [Key] = []
    while !rest.isEmpty {
      keys.append(
        Key { milliseconds in
          // A wait with a limit ends where nothing follows at once.
          rest.isEmpty ? (milliseconds < 0 ? -1 : -3) : rest.removeFirst()
        })
    }
    return keys
  }

  @Test("Letters, arrows, and the key Esc alone")
  func decoding() {
    #expect(keys([0x71, 0x20]) == [.character("q"), .character(" ")])
    #expect(
      keys([27, 0x5B, 0x41, 27, 0x4F, 0x42, 27, 0x5B, 0x43, 27, 0x5B, 0x44])
        == [.up, .down, .right, .left])
    #expect(keys([27, 0x5B, 0x35, 0x7E, 27, 0x5B, 0x36, 0x7E]) == [.pageUp, .pageDown])
    #expect(keys([27, 0x5B, 0x48, 27, 0x5B, 0x34, 0x7E]) == [.home, .end])
    #expect(keys([27]) == [.escape])
    #expect(keys([0xCF, 0x83]) == [.character("σ")])
    #expect(keys([0xE2, 0x88, 0x91]) == [.character("∑")])
    #expect(keys([13, 10, 127, 9]) == [.enter, .enter, .backspace, .tab])
    #expect(keys([-2, -1, 4, 0xFF]) == [.redraw, .gone, .gone, .redraw])
    #expect(keys([27, 0x5B, 0x32, 0x30, 0x30, 0x7E]) == [.redraw])
  }
}

@Suite("Progress")
struct ProgressTests {
  @Test("What was seen last stands last, each section once, and reads back")
  func visits() {
    var progress = Progress()
    for section in ["hook", "chain", "hook"] {
      progress.visit(.init(lesson: "05-quarters", section: section))
    }
    #expect(progress.text == "05-quarters/chain\n05-quarters/hook\n")
    #expect(progress.last == .init(lesson: "05-quarters", section: "hook"))
    #expect(Progress(progress.text) == progress)
    #expect(Progress("") == Progress())
  }

  @Test(
    "A garbled file is a fresh start",
    arguments: [
      "05-quarters/hook", "05-quarters\n", "a/b/c\n", "a/b\n\n", "a b/c\n", "A/b\n", "a/\n", "/b\n",
      "a/b\nstray", "ä/b\n", "\u{0}\n",
    ])
  func garbled(text: String) {
    #expect(Progress(text) == Progress())
    let files = MemoryFiles(["/state/tightbound/progress": text])
    let screen = ScriptedScreen("q")
    #expect(perform("read", "05", on: screen, files: files).status == .held)
    #expect(files["/state/tightbound/progress"] == "05-quarters/hook\n")
  }

  @Test("A folder that cannot be written is no reason to stop reading")
  func readOnly() {
    let screen = ScriptedScreen("nq")
    let answer = perform("read", "05", on: screen, files: MemoryFiles(isReadOnly: true))
    #expect(answer.status == .held && answer.complaints == "")
    #expect(screen.last.contains("Step by step"))
  }
}
