import Approximate
import LessonKit
import Models
import Probability

/// The ELBO over two factors of the sprinkler, the third at its best, and two climbs on it.
@Sendable func surfacePicture(_: RunContext) throws -> Picture {
  let sprinkler = try Sprinkler(wetForNoReason: 0.001)
  let marks = Array(stride(from: 0.0, through: 1, by: 0.1))
  func bit(_ b: Double) -> [Double] { [1 - b, b] }
  let surface = marks.reversed().map { rain in
    marks.map { sprinklerOn -> Double in
      var field = MeanField(factors: [[0.5, 0.5], bit(sprinklerOn), bit(rain)])
      _ = field.update(0, sprinkler.table)
      return field.elbo(sprinkler.table).value
    }
  }
  func climb(_ name: String, _ glyph: Character, first: Int, then: Int) -> Drawing.Path {
    var field = MeanField(uniformOver: sprinkler.table)
    func here() -> Drawing.Path.Point {
      .init(row: 10 * (1 - field.factors[2][1]), column: 10 * field.factors[1][1])
    }
    var points = [here()]
    for _ in 0..<6 {
      for latent in [first, then, 0] {
        _ = field.update(latent, sprinkler.table)
        points.append(here())
      }
    }
    return .init(name, glyph: glyph, points)
  }
  let names = marks.map { Format.fixed($0, decimals: 1) }
  return Drawing.surface(
    "The ELBO over q(S=1) and q(R=1), where grass is wet for no reason with probability .001",
    [.init("", rows: names.reversed(), columns: names, values: surface)],
    paths: [
      climb("rain updated first", "R", first: 2, then: 1),
      climb("sprinkler updated first", "S", first: 1, then: 2),
    ], axes: ("q(R=1)", "q(S=1)"), kind: .exact,
    caption: """
      q(C) is at its best everywhere. Both climbs start in the middle, at a half and a half; \
      whoever is updated first explains the grass, and the other loses its reason.
      """)
}
