import Approximate
import LessonKit
import Models
import Probability

/// Where the shades of the surface begin: far below the hills their height does not matter.
private let lowest = -1.75

/// The ELBO over two factors of the sprinkler, the third at its best, and two climbs on it.
@Sendable func surfacePicture(_: RunContext) throws -> Picture {
  let sprinkler = try Sprinkler(wetForNoReason: 0.001)
  let marks = Array(stride(from: 0.0, through: 1, by: 0.1))
  func bit(_ b: Double) -> [Double] { [1 - b, b] }
  let surface = marks.reversed().map { rain in
    marks.map { sprinklerOn -> Double in
      var field = MeanField(factors: [[0.5, 0.5], bit(sprinklerOn), bit(rain)])
      _ = field.update(0, sprinkler.table)
      return max(lowest, field.elbo(sprinkler.table).value)
    }
  }
  func climb(_ name: String, _ glyph: Character, first: Int) -> Drawing.Path {
    var field = MeanField(uniformOver: sprinkler.table)
    func here() -> Drawing.Path.Point {
      .init(row: 10 * (1 - field.factors[2][1]), column: 10 * field.factors[1][1])
    }
    var points = [here()]
    for latent in [first] + (0..<24).map({ $0 % 3 }) {
      _ = field.update(latent, sprinkler.table)
      points.append(here())
    }
    return .init(name, glyph: glyph, points)
  }
  let names = marks.map { Format.fixed($0, decimals: 1) }
  return Drawing.surface(
    "The ELBO over q(S=1) and q(R=1), where grass is wet for no reason with probability .001",
    [.init("", rows: names.reversed(), columns: names, values: surface)],
    paths: [
      climb("rain updated first", "R", first: 2),
      climb("sprinkler updated first", "S", first: 1),
    ], axes: ("q(R=1)", "q(S=1)"), kind: .exact,
    caption: """
      q(C) is at its best everywhere, and what lies below \(Format.short(lowest)) is drawn like \
      \(Format.short(lowest)). There is a hill at the upper left (it rained) and a lower one at the right \
      (it was the sprinkler), where the last S and the ▒ stand. Both climbs start in the middle, at a half \
      and a half, where S is drawn over R; whoever is updated first explains the grass.
      """)
}
