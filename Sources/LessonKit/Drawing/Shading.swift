import Probability

/// How values become shades; shared by characters and SVG.
struct Shading {
  static let shades: [Character] = ["·", "░", "▒", "▓", "█"]

  private let low: Double
  private let high: Double
  private let isSurface: Bool
  private let decimals: Int

  init(_ grid: Drawing.Grid) {
    let values = grid.panels.flatMap { $0.values.joined() }.filter(\.isFinite)
    isSurface = grid.isSurface
    low = grid.isSurface ? values.min() ?? 0 : 0
    high = values.max() ?? 1
    decimals = grid.decimals
  }

  /// From 0, as good as nothing, to 4, the largest.
  func level(_ value: Double) -> Int {
    guard value.isFinite, high > low else { return 0 }
    if isSurface { return max(0, min(4, Int((value - low) / (high - low) * 5))) }
    // What is less than a hundredth of the largest is as good as nothing.
    guard value > 0, value >= high / 100 else { return 0 }
    return max(1, min(4, Int((value / high * 4).rounded(.up))))
  }

  /// What each shade means, as a range of numbers.
  var meanings: [String] {
    func text(_ value: Double) -> String { Format.fixed(value, decimals: decimals) }
    guard high > low else { return Self.shades.map { _ in text(high) } }
    if isSurface {
      let borders = (0...5).map { text(low + (high - low) * Double($0) / 5) }
      return (0..<5).map { "\(borders[$0]) to \(borders[$0 + 1])" }
    }
    return ["under 1 % of the largest"] + (1...4).map { "up to " + text(high * Double($0) / 4) }
  }
}
