import LessonKit
import Testing

@Suite("Pictures made of characters")
struct DrawingTests {
  @Test("Bars are as long as their numbers, to an eighth of a column")
  func bars() {
    let picture = Drawing.bars(
      "Variance", [("score function", 8, "exact"), ("baseline", 1, "exact"), ("none", 0, "")])
    #expect(picture.title == "Variance")
    #expect(
      picture.lines() == [
        "score function " + String(repeating: "█", count: 51) + " 8  exact",
        "      baseline " + String(repeating: "█", count: 6) + "▍"
          + String(repeating: " ", count: 44) + " 1  exact",
        "          none " + String(repeating: " ", count: 51) + " 0",
      ])
  }

  @Test("Negative bars extend to the left of zero, and something is never drawn as nothing")
  func signs() {
    let lines = Drawing.bars("", [("a", -1, ""), ("b", 1, ""), ("c", 1e-9, "")]).lines()
    #expect(lines[0].contains("█ ") && !lines[0].hasSuffix("█"))
    #expect(lines[1].prefix { $0 != "█" }.count > lines[0].prefix { $0 != "█" }.count)
    #expect(lines[2].contains("▏"))
  }

  @Test("On a logarithmic scale a point stands on a ruler and a factor behind the number")
  func logarithmic() {
    let lines = Drawing.bars(
      "", [("a", 1000, ""), ("b", 0.05, ""), ("c", 0, "")], scale: .logarithmic
    ).lines()
    #expect(lines[0].contains("·●") && lines[0].hasSuffix("×20000"))
    #expect(lines[1].contains("·●") && lines[1].contains("×1"))
    #expect(!lines[2].contains("●") && !lines[2].contains("×"))
    #expect(lines[3].hasPrefix("  ┴1e-2─") && lines[3].hasSuffix("─1000┴"))
    #expect(lines[4].hasSuffix("a step of the ruler is a factor of ten"))
    #expect(!lines.joined().contains("█"))
  }

  @Test("Nothing finite, nothing at all: drawn in words or empty, never a trap")
  func extremes() {
    #expect(Drawing.bars("", []).lines() == [])
    #expect(Drawing.bars("", [("a", .infinity, "")]).lines()[0].contains("→ without end"))
    #expect(Drawing.bars("", [("a", .nan, "")], scale: .logarithmic).lines()[0].hasSuffix("nan"))
    #expect(Drawing.curve("", []).lines() == ["(nothing to draw)"])
    #expect(Drawing.curve("", [.init("", [.nan, .infinity])]).lines() == ["(nothing to draw)"])
    #expect(Drawing.curve("", [.init("", [1])]).lines().count == 15)
    #expect(
      Drawing.curve("", [.init("", [-1, 0])], scale: .logarithmic).lines() == [
        "(nothing to draw)"
      ])
    #expect(Drawing.spark([]) == "")
    #expect(Drawing.spark([.nan, 1]) == "·▄")
    #expect(Drawing.grid("", []).lines() == [])
    let huge = Double.greatestFiniteMagnitude
    #expect(Drawing.curve("", [.init("", [-huge, huge])]).lines().count == 15)
    #expect(Drawing.bars("", [("a", -huge, ""), ("b", huge, "")]).lines().count == 2)
  }

  @Test("A rising curve ends at the top, under its level")
  func curve() {
    let lines = Drawing.curve(
      "ELBO", [.init("ELBO", [-3, -2, -1])], levels: [("log p(x)", 0)], axis: "sweep", rows: 4
    ).lines()
    #expect(lines.count == 7)
    #expect(lines[0].hasPrefix(" 0.0 ┤╌╌╌"))
    #expect(lines[3].hasPrefix("-3.0 ┤───"))
    #expect(lines[1].hasSuffix("──"))
    #expect(lines[4].contains("└───"))
    #expect(lines[5].contains("0") && lines[5].contains("sweep") && lines[5].hasSuffix("2"))
    #expect(lines[6] == "  ── ELBO   ╌╌ log p(x)")
  }

  @Test("Shades are on one scale over all panels")
  func grid() {
    let picture = Drawing.grid(
      "",
      [
        .init(
          "exact", rows: ["0", "1"], columns: ["0", "1"], values: [[0.43, 0.07], [0.1, 0.4]]),
        .init("q", rows: ["0", "1"], columns: ["0", "1"], values: [[0.86, 0], [0.1, 0.04]]),
      ])
    #expect(
      picture.lines() == [
        "  exact                    q",
        "      0         1              0         1",
        "0 ▒▒▒ 0.430 ░░░ 0.070    0 ███ 0.860 ··· 0.000",
        "1 ░░░ 0.100 ▒▒▒ 0.400    1 ░░░ 0.100 ░░░ 0.040",
        "  █ up to 0.860   ▒ up to 0.430   ░ up to 0.215   · under 1 % of the largest",
      ])
  }

  @Test(
    "A bound that is drawn above what it bounds is found, on a straight line between points too")
  func crossings() {
    func curves(_ evidence: [Double], at places: [Double], stepped: Bool) -> [String] {
      let picture = Drawing.curve(
        "EM",
        [
          .init(
            "log p", places: places, heights: evidence, role: .evidence, stepped: stepped),
          .init(
            "F", places: [0, 0.5, 1, 1.5], heights: [-6.6, -6.2, -6.1, -6.0],
            role: .bound(of: "log p"), stepped: stepped),
        ])
      guard case .curves(let curves) = picture.content else { return ["no curves"] }
      return curves.crossings
    }
    // log p moves in M-steps only; joined across the E-steps it passes below F.
    #expect(
      curves([-6.6, -6.1, -6.1, -5.9], at: [0, 0.5, 1, 1.5], stepped: true) == [])
    #expect(!curves([-6.6, -6.1, -5.9], at: [0, 1, 2], stepped: false).isEmpty)
    #expect(!curves([-6.6, -6.3, -6.1, -5.9], at: [0, 0.5, 1, 1.5], stepped: true).isEmpty)
    // A tread under a slope crosses it before it falls: at its own ends it lies below.
    let tread = Drawing.curve(
      "",
      [
        .init("log p", places: [0, 1], heights: [0, -1], role: .evidence),
        .init(
          "F", places: [0, 1], heights: [-0.1, -2], role: .bound(of: "log p"), stepped: true),
      ])
    guard case .curves(let falling) = tread.content else { return }
    #expect(falling.crossings == ["“F” at 0.5 is 0.4 above “log p”"])
    let alone = Drawing.curve("", [.init("F", [1], role: .bound(of: "nobody"))])
    guard case .curves(let orphan) = alone.content else { return }
    #expect(orphan.crossings == ["“F” bounds “nobody”, which is not drawn"])
  }

  @Test("Parts of a stack end at the total, negative ones too")
  func stack() {
    let lines = Drawing.stack(
      "", parts: [.init("ELBO", .bound), .init("KL", .q)],
      [.init("a", [-3, 2]), .init("b", [-1, 0])], total: ("log p(x)", -1), decimals: 1
    ).lines(width: 60)
    let ends = lines.prefix(2).map { line in line.prefix { $0 != "│" }.count }
    #expect(ends[0] == ends[1])
    #expect(lines[0].contains("█▒") && lines[0].hasSuffix("-3.0 + 2.0 = -1.0"))
    #expect(!lines[1].contains("▒") && lines[1].hasSuffix("-1.0 + 0.0 = -1.0"))
    #expect(lines[3] == "  ██ ELBO   ▒▒ KL   │ log p(x) = -1.0")
  }

  @Test("Arrows that meet join, and a plate surrounds its nodes")
  func graph() {
    let lines = Drawing.graph(
      "",
      [
        .init("a", .latent, column: 0, row: 0), .init("b", .latent, column: 2, row: 0),
        .init("x", .observed, column: 1, row: 1),
      ],
      edges: [("a", "x"), ("b", "x")]
    ).lines(width: 40)
    #expect(lines[2].contains("╰") && lines[2].contains("┬") && lines[2].contains("╯"))
    #expect(lines[3].contains("▼") && lines[4].contains("[ x ]"))
    let plate = Drawing.graph(
      "", [.init("z", .latent, column: 0, row: 0)], edges: [], plates: [.init("N", around: ["z"])])
    #expect(plate.lines()[0].contains("┌┄") && plate.lines()[2].contains(" N ┘"))
  }

  @Test("A cloud says where its mean is, and marks it where it is not the exact value")
  func cloud() {
    let panels: [Drawing.Cloud.Panel] = [
      .init("right", [.init(1, 0, 0.5), .init(-1, 1, 0.5)]), .init("wrong", [.init(1, 1, 1)]),
    ]
    let lines = Drawing.cloud("", panels, exact: (0, 0.5), axes: ("x", "y")).lines(width: 36)
    #expect(lines.contains("mean (0.000, 0.500)") && lines.contains("mean (1.000, 1.000)"))
    #expect(lines.dropLast(6).joined().filter { $0 == "◈" }.count == 1)
    #expect(lines.dropLast(6).joined().filter { $0 == "◇" }.count == 1)
    #expect(lines.dropLast(6).joined().filter { $0 == "◆" }.count == 1)
  }

  @Test("No picture is wider than it may be", arguments: [36, 56, 76, 116])
  func widths(width: Int) {
    let long = String(repeating: "long name ", count: 12)
    let values = (0..<200).map { Double($0 * 7919 % 101) - 50 }
    let pictures = [
      Drawing.bars(long, values.prefix(9).map { (long, $0 * 1e-7, long) }, caption: ""),
      Drawing.bars("", values.prefix(9).map { (long, $0, "") }, scale: .logarithmic),
      Drawing.curve("", [.init(long, values), .init(long, values)], levels: [(long, 1e-300)]),
      Drawing.sparkline("", values),
      Drawing.grid(
        "",
        [
          .init("a", rows: ["x"], columns: values.map { "\($0)" }, values: [values]),
          .init("b", rows: ["x"], columns: ["y"], values: [[1]]),
        ]),
    ]
    for picture in pictures {
      for line in picture.lines(width: width) { #expect(line.count <= width, "\(line)") }
    }
  }
}
