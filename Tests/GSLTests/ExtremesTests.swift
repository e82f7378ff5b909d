import GSL
import Testing

private typealias Special = SpecialFunctions

/// Whatever the arguments, an answer is a finite number with a finite error, or a refusal.
@Suite struct ExtremesTests {
  private let extremes: [Double] = [
    -.infinity, -.greatestFiniteMagnitude, -1e10, -171.5, -2, -0.5, -1e-10,
    -.leastNonzeroMagnitude, -0.0, 0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-160, 1e-10,
    0.3, 1, 1.5, 2.7, 9.3, 31, 170.6, 1e5, 1e10, 1e17, 1e160, .greatestFiniteMagnitude, .infinity,
    .nan,
  ]

  private func expectSound(_ label: String, _ call: () throws -> Estimated) {
    do {
      let found = try call()
      #expect(found.value.isFinite && found.error >= 0, "\(label): \(found)")
    } catch {
      #expect(error is GSLError, "\(label): \(error)")
    }
  }

  @Test("One argument")
  func one() {
    let functions: [(String, (Double) throws -> Estimated)] = [
      ("logGamma", Special.logGamma), ("gamma", Special.gamma), ("digamma", Special.digamma),
      ("trigamma", Special.trigamma), ("erf", Special.erf), ("erfc", Special.erfc),
      ("logErfc", Special.logErfc),
      ("besselI0Scaled", Special.besselI0Scaled), ("besselI1Scaled", Special.besselI1Scaled),
      ("logNormalLower", Special.logNormalLower),
      ("logNormalUpper", Special.logNormalUpper),
      ("polygamma", { try Special.polygamma(order: 2, $0) }),
      ("logMultivariateGamma", { try Special.logMultivariateGamma(dimension: 4, $0) }),
      ("logPoisson", { try Special.logPoisson(count: 3, rate: $0) }),
      ("logPoisson", { try Special.logPoisson(count: .max, rate: $0) }),
    ]
    for (name, function) in functions {
      for x in extremes { expectSound("\(name)(\(x))") { try function(x) } }
    }
    let plain: [(Double) throws -> Double] = [
      Special.normalLower, Special.normalUpper, Special.normalLowerQuantile,
      Special.normalUpperQuantile,
    ]
    for function in plain {
      for x in extremes {
        expectSound("normal(\(x))") { Estimated(value: try function(x), error: 0) }
      }
    }
  }

  @Test("Two arguments", .timeLimit(.minutes(1)))
  func two() {
    let functions: [(String, (Double, Double) throws -> Estimated)] = [
      ("logBeta", Special.logBeta), ("incompleteGammaLower", Special.incompleteGammaLower),
      ("incompleteGammaUpper", Special.incompleteGammaUpper),
      (
        "chiSquaredLower",
        { Estimated(value: try Special.chiSquaredLower($0, degrees: $1), error: 0) }
      ),
      (
        "chiSquaredUpper",
        { Estimated(value: try Special.chiSquaredUpper($0, degrees: $1), error: 0) }
      ),
      (
        "chiSquaredUpperQuantile",
        { Estimated(value: try Special.chiSquaredUpperQuantile($0, degrees: $1), error: 0) }
      ),
      ("betaLower", { Estimated(value: try Special.betaLower(0.3, $0, $1), error: 0) }),
      ("betaUpper", { Estimated(value: try Special.betaUpper(0.3, $0, $1), error: 0) }),
    ]
    for (name, function) in functions {
      for a in extremes {
        for b in extremes {
          expectSound("\(name)(\(a), \(b))") { try function(a, b) }
        }
      }
    }
  }
}
