import Approximate
import Exact
import JSONText
import LessonKit
import Models
import Probability

/// The variance of an estimator while one of its settings moves: its temperature or step where it has
/// one, else its number of draws.
struct ZooSweep {
  let setting: String
  let places: [Double]
  let variances: [Double]
  /// The length of mean − exact.
  let biases: [Double]

  /// Nil for an estimator that never varies.
  init?<Problem: ZooPaged>(_ estimator: ZooEstimator<Problem>, _ problem: Problem) throws {
    let names = estimator.settings.map(\.name)
    let moved = ["temperature", "step"].first { names.contains($0) } ?? "samples"
    let least = estimator.exampleSettings(on: problem).samples
    let tried: [Double] =
      moved == "samples"
      ? (least...(least + 4)).map { Double($0) } : (1...15).map { Double($0) / 5 }
    let gradient = try problem.gradient()
    var (places, variances, biases) = ([Double](), [Double](), [Double]())
    for place in tried {
      let settings = estimator.exampleSettings(on: problem, [moved: .number(place)])
      if let draws = try estimator.draws?(settings), estimator.repetition == .together,
        let states = problem.stateCount,
        (0..<draws).reduce(1.0, { count, _ in count * Double(states) }) > 10_000
      {
        break
      }
      let samples =
        estimator.repetition == .together || estimator.isSetLimited ? settings.samples : 1
      guard problem.allows(samples: samples, outOf: estimator.isSetLimited) else { break }
      if let outcomes = estimator.outcomes?(problem, settings), outcomes > 10_000 { break }
      let moments = try estimator.moments(problem, settings)
      let exact = try gradient(try estimator.target(settings)) ?? []
      places.append(place)
      variances.append(moments.covariance.indices.reduce(0) { $0 + moments.covariance[$1][$1] })
      biases.append(
        zip(moments.mean, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot())
    }
    guard places.count > 1, variances.contains(where: { $0 > 1e-24 }) else { return nil }
    (setting, self.places, self.variances, self.biases) = (moved, places, variances, biases)
  }

  func picture(of name: String) -> Picture {
    var series = [
      Drawing.Series("total variance", places: places, heights: variances)
    ]
    if biases.contains(where: { $0 > 1e-9 }) {
      series.append(Drawing.Series("length of the bias", places: places, heights: biases))
    }
    return Drawing.curve(
      "\(name) against its \(setting)", series, axis: setting, rows: 10)
  }

  var json: JSON {
    .object([
      ("setting", .string(setting)), ("places", .numbers(places)),
      ("variances", .numbers(variances)), ("biases", .numbers(biases)),
    ])
  }
}

extension ZooEstimator {
  /// Whether its draws are different states, so that there are fewer of them than states.
  fileprivate var isSetLimited: Bool {
    settings.contains { setting in
      if case .count(_, true) = setting.kind { true } else { false }
    }
  }
}
