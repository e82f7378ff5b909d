import Exact
import Models
import Probability

/// A machine for the bars that nobody trained: the top unit is the direction, each hidden unit a bar.
///
/// ```
/// units 1 to 4 paint rows and are on with ½ if the top is off; 5 to 8 paint columns, if it is on
/// ```
/// A row is recognised where all its pixels are on. So is a column, but in the full image, which is
/// explained by rows.
func handMadeBars() throws -> HelmholtzMachine {
  let (sure, sharp) = (10.0, 12.0)
  let isRow = (0..<8).map { $0 < 4 }
  func has(_ unit: Int, _ pixel: Int) -> Bool {
    isRow[unit] ? pixel / 4 == unit : pixel % 4 == unit - 4
  }
  let paint = (0..<8).map { unit in (0..<16).map { has(unit, $0) ? sharp : 0 } }
  let look = (0..<16).map { pixel in
    (0..<8).map { unit in
      (has(unit, pixel) ? sharp : 0) - (isRow[unit] ? 0 : sharp / 6)
    }
  }
  return try HelmholtzMachine(
    generative: SigmoidBeliefNetwork(
      bias: [0],
      layers: [
        .init(
          weights: [isRow.map { $0 ? -sure : sure }], bias: isRow.map { $0 ? 0 : -sure }),
        .init(weights: paint, bias: Array(repeating: -sharp / 2, count: 16)),
      ]),
    recognition: RecognitionNetwork(
      layers: [
        .init(weights: look, bias: isRow.map { $0 ? -3.5 * sharp : -1.5 * sharp }),
        .init(weights: isRow.map { [$0 ? -sure : sure] }, bias: [0]),
      ], observedUnits: 16))
}

/// KL(D‖p) of the bars after so many rounds of steps that begin at the machine made by hand.
func divergenceAfterHandMade(rounds: Int) throws -> Double {
  var training = try PatternTraining(try .bars(), from: try handMadeBars(), seed: 1)
  for _ in 0..<rounds { try training.advance() }
  return training.divergences.last ?? .nan
}
