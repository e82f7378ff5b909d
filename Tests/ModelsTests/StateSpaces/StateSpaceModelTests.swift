import Probability
import Testing

@testable import Models

@Suite("State-space models: validation and sampling") struct StateSpaceModelTests {
  /// A system of two states and one output with one part exchanged.
  static func system(
    mean: [Double] = [0, 1], covariance: [[Double]] = [[1, 0.5], [0.5, 2]],
    dynamics: [[Double]] = [[0.9, 0], [0.1, 0.8]], noise: [[Double]] = [[0, 0], [0, 0]],
    emission: [[Double]] = [[1, 2]], emissionNoise: [[Double]] = [[0.5]]
  ) throws -> LinearDynamicalSystem {
    try LinearDynamicalSystem(
      initialMean: mean, initialCovariance: covariance, dynamics: dynamics, dynamicsNoise: noise,
      emission: emission, emissionNoise: emissionNoise)
  }

  static func refusal(_ make: () throws -> Void) throws -> String {
    "\(try #require(throws: ModelError.self) { try make() })"
  }

  @Test("what is no system is refused with its place") func refusals() throws {
    let cases: [(String, () throws -> Void)] = [
      ("initialMean: expected at least one entry, found none", { _ = try Self.system(mean: []) }),
      ("emission: expected at least one entry, found none", { _ = try Self.system(emission: []) }),
      ("dynamics: expected 2 entries, found 1", { _ = try Self.system(dynamics: [[1, 0]]) }),
      (
        "initialMean[1]: expected a finite number, found inf",
        { _ = try Self.system(mean: [0, .infinity]) }
      ),
      (
        "initialCovariance[1][0]: expected a symmetric matrix, found 0.4 and 0.5",
        { _ = try Self.system(covariance: [[1, 0.5], [0.4, 2]]) }
      ),
      (
        "initialCovariance: expected a positive definite matrix",
        { _ = try Self.system(covariance: [[1, 1], [1, 1]]) }
      ),
      (
        "emissionNoise: expected a positive definite matrix",
        { _ = try Self.system(emissionNoise: [[0]]) }
      ),
      (
        "emissionNoise[0][0]: expected a variance, found -1.0",
        { _ = try Self.system(emissionNoise: [[-1]]) }
      ),
      (
        "dynamicsNoise: expected a positive semidefinite matrix",
        { _ = try Self.system(noise: [[1, 2], [2, 1]]) }
      ),
      (
        "dynamicsNoise: expected a positive semidefinite matrix",
        { _ = try Self.system(noise: [[0, 0.1], [0.1, 1]]) }
      ),
      (
        "dynamicsNoise: expected a positive semidefinite matrix",
        // Indefinite by a part in a hundred million, where a part in a thousand million is granted.
        { _ = try Self.system(noise: [[1, 1 + 1e-8], [1 + 1e-8, 1]]) }
      ),
    ]
    for (words, make) in cases { #expect(try Self.refusal(make) == words) }
    #expect(
      try Self.refusal { _ = try Self.system().observing([[1], [1, 2]]) }
        == "observations[1]: expected 1 entries, found 2")
  }

  @Test("singular and zero dynamics noise, and rounding's asymmetry, are accepted")
  func accepted() throws {
    let noises: [[[Double]]] = [
      [[0, 0], [0, 0]], [[1, 0], [0, 0]], [[0.01, 0.02], [0.02, 0.04]],
      [[1, 1 + 1e-10], [1 + 1e-10, 1]], [[1e-300, 0], [0, 1e300]],
    ]
    for noise in noises {
      let system = try Self.system(noise: noise)
      #expect(system.dynamicsNoise == noise)
    }
    let rounded = try Self.system(covariance: [[1, 0.5], [0.5 + 1e-12, 2]])
    #expect(rounded.initialCovariance[0][1] == rounded.initialCovariance[1][0])
    #expect(try Self.system().observing([]).length == 0)
  }

  @Test("a factor times its transpose is the covariance, whatever its rank and scale")
  func factor() throws {
    for index in 0..<200 {
      var cases = try Cases(seed: 31, stream: UInt64(index))
      let n = try cases.integer(1...5)
      let rank = try cases.integer(0...n)
      var covariance = try cases.covariance(dimension: n, rank: rank, floor: 0)
      let scales = (0..<n).map { Double(sign: .plus, exponent: 30 * ($0 % 3) - 30, significand: 1) }
      for i in 0..<n { for j in 0..<n { covariance[i][j] *= scales[i] * scales[j] } }
      let factor = CovarianceFactor(of: covariance)
      #expect(factor.rank <= rank)
      #expect(factor.rows.allSatisfy { $0.count == factor.rank })
      for i in 0..<n {
        for j in 0..<n {
          // Every entry is a sum of at most n products, each a covariance at most.
          let scale = (covariance[i][i] * covariance[j][j]).squareRoot()
          let error = (dot(factor.rows[i], factor.rows[j]) - covariance[i][j]).magnitude
          #expect(error <= 8 * Double(n) * Double.ulpOfOne * scale)
        }
      }
    }
  }

  @Test("whitening a factor's own columns gives the identity") func whitening() throws {
    var cases = try Cases(seed: 32, stream: 0)
    let covariance = try cases.covariance(dimension: 4, rank: 4, floor: 0.1)
    let factor = CovarianceFactor(of: covariance)
    for column in 0..<4 {
      let white = factor.whitened(factor.rows.map { $0[column] })
      for (k, entry) in white.enumerated() {
        #expect((entry - (k == column ? 1 : 0)).magnitude <= 256 * Double.ulpOfOne)
      }
    }
  }

  @Test("drawn states and outputs have the model's mean and variance") func sampling() throws {
    let system = try Self.system(noise: [[0.3, 0.1], [0.1, 0.2]])
    var sampler = try Sampler(seed: 5)
    let draws = 20_000
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<draws {
      let last = try system.sample(length: 2, &sampler).observations[1][0]
      (sum, squares) = (sum + last, squares + last * last)
    }
    // y_1 = C·A·x_0 + C·w + v: mean C·A·(0, 1) = 1.6, variance (C·A)·P·(C·A)ᵀ + C·Q·Cᵀ + R
    // with C·A = (1.1, 1.6): 8.09 + 1.5 + 0.5.
    let (mean, variance) = (1.6, 1.21 + 1.76 + 5.12 + 1.5 + 0.5)
    let average = sum / Double(draws)
    let spread = squares / Double(draws) - average * average
    // Six standard errors: of a mean √(v / n), of a normal variance v·√(2 / n).
    #expect((average - mean).magnitude <= 6 * (variance / Double(draws)).squareRoot())
    #expect((spread - variance).magnitude <= 6 * variance * (2 / Double(draws)).squareRoot())
  }

  @Test("a switching system's refusals name the state of the chain") func switching() throws {
    func make(
      initial: [Double] = [0.5, 0.5], transition: [[Double]] = [[1, 0], [0.5, 0.5]],
      noise: [[Double]] = [[0]]
    ) throws {
      _ = try SwitchingLinearDynamicalSystem(
        initialState: initial, transition: transition, initialMean: [0],
        initialCovariance: [[1]], states: [([[1]], [[0]]), ([[1]], noise)], emission: [[1]],
        emissionNoise: [[1]])
    }
    try make()
    #expect(
      try Self.refusal { try make(noise: [[-2]]) }
        == "states[1].dynamicsNoise[0][0]: expected a variance, found -2.0")
    #expect(try Self.refusal { try make(initial: [1]) }.hasPrefix("transition: expected 1"))
    #expect(
      try Self.refusal { try make(transition: [[1, 0], [0.5, 0.6]]) }
        .hasPrefix("transition[1]: expected probabilities that sum to 1"))
  }
}
