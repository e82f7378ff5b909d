import GSL
import Models
import Probability
import Testing

@testable import Exact

@Suite("Switching systems of one number by sums on a grid") struct SwitchingGridTests {
  /// A system of one number that starts somewhere, and three outputs of it: as far as given from what is expected of a
  /// chain that stays in one state.
  static func drawn(from mean: Double, off: Double, _ stream: Int) throws -> SwitchingSequence {
    var cases = try Cases(seed: 61, stream: UInt64(stream))
    let (view, noise) = (try cases.real(from: 0.5, to: 1.5), try cases.real(from: 0.2, to: 1))
    let (first, second) = (try cases.real(from: 0.3, to: 0.9), try cases.real(from: 0.3, to: 0.9))
    let system = try SwitchingLinearDynamicalSystem(
      initialState: try cases.simplex(2), transition: [try cases.simplex(2), try cases.simplex(2)],
      initialMean: [mean], initialCovariance: [[try cases.real(from: 0.1, to: 0.3)]],
      states: [
        ([[first]], [[try cases.real(from: 0.1, to: 0.3)]]),
        ([[second]], [[try cases.real(from: 0.1, to: 0.3)]]),
      ], emission: [[view]], emissionNoise: [[noise]])
    return try system.observing(
      [1, first, first * first].map { [view * mean * $0 + (try cases.real(from: -off, to: off))] })
  }

  // Catches: a grid that lies about zero wherever the states begin.
  @Test("The evidence is that of one law a path, within its bound", arguments: 0..<6)
  func evidence(stream: Int) throws {
    for mean in [0.5, -8] {
      let sequence = try Self.drawn(from: mean, off: 0.5, stream)
      let grid = sequence.gridLogEvidence
      let paths = try SwitchingPosterior.enumerated(of: sequence).logEvidence
      #expect(grid.errorBound < 1e-11)
      #expect(abs(grid.value - paths.value) <= grid.errorBound + paths.roundingBound)
    }
  }

  // Catches: a bound that forgets what lies beyond the grid, where outputs can come from nowhere else.
  @Test("Outputs far from all that is expected have a bound to match", arguments: 0..<6)
  func unexpected(stream: Int) throws {
    for off in [5.0, 10, 20] {
      let sequence = try Self.drawn(from: 0.5, off: off, stream)
      let grid = sequence.gridLogEvidence
      let paths = try SwitchingPosterior.enumerated(of: sequence).logEvidence
      #expect(abs(grid.value - paths.value) <= grid.errorBound + paths.roundingBound)
    }
  }

  // Catches: points of which there are more than integers, and numbers of a state that are left out.
  @Test("What the grid cannot hold is no number")
  func refusals() throws {
    func grid(states: Int, outputs: Int, noise: Double) throws -> QuadratureValue {
      func scaled(_ size: Double, _ rows: Int, _ columns: Int) -> [[Double]] {
        (0..<rows).map { i in (0..<columns).map { i == $0 ? size : 0 } }
      }
      let switching = try SwitchingLinearDynamicalSystem(
        initialState: [1], transition: [[1]], initialMean: scaled(1, 1, states)[0],
        initialCovariance: scaled(1, states, states),
        states: [(scaled(0.9, states, states), scaled(noise, states, states))],
        emission: scaled(1, outputs, states), emissionNoise: scaled(1, outputs, outputs))
      return try switching.observing([scaled(2, 1, outputs)[0], scaled(1, 1, outputs)[0]])
        .gridLogEvidence
    }
    #expect(try grid(states: 1, outputs: 1, noise: 0.5).value.isFinite)
    for noise in [0, 1e-300, 1e-9] {
      #expect(try grid(states: 1, outputs: 1, noise: noise).value.isNaN)
    }
    #expect(try grid(states: 2, outputs: 1, noise: 0.5).value.isNaN)
    #expect(try grid(states: 1, outputs: 2, noise: 0.5).value.isNaN)
    let chain = SwitchingGrid(start: NormalLaw(mean: 0, variance: 1), move: (1, 1))
    for spacing in [0, -1, 1e-9, Double.nan] {
      #expect(chain.logEvidence([{ _ in 0 }], spacing: spacing).isNaN)
    }
  }
}
