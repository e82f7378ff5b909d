import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

/// A mixture of products as a list of numbers, whose evidence is written once more.
///
/// Two components, each a table of three symbols, a rate, a mean and a variance, a point's mean and covariance. Sums
/// need not be one.
struct PlainProduct: Sendable {
  /// weight, table (3), rate, mean, variance, mean (2), covariance (4): 13 numbers a component.
  var numbers: [Double]
  var data: [[ObservedValue?]]
  static let width = 13

  static func random(_ cases: inout Cases) throws -> PlainProduct {
    let weights = try cases.simplex(2)
    var numbers: [Double] = []
    for weight in weights {
      var table = try cases.simplex(3)
      if try cases.flip(0.4) { (table[0], table[1]) = (0, table[0] + table[1]) }
      let correlation = try cases.real(from: -0.6, to: 0.6)
      numbers += [weight] + table + [try cases.real(from: 0.5, to: 6)]
      numbers += [try cases.real(from: -2, to: 2), try cases.real(from: 0.4, to: 3)]
      numbers += try cases.reals(2, from: -1, to: 1) + [1.5, correlation, correlation, 0.75]
    }
    var data: [[ObservedValue?]] = []
    for _ in 0..<3 {
      let datum: [ObservedValue?] = [
        .whole(try cases.choose(below: 3)), .whole(try cases.choose(below: 7)),
        .number(try cases.real(from: -3, to: 3)), .point(try cases.reals(2, from: -2, to: 2)),
      ]
      var seen: [ObservedValue?] = []
      for value in datum { seen.append(try cases.flip(0.75) ? value : nil) }
      data.append(seen)
    }
    return PlainProduct(numbers: numbers, data: data)
  }

  private func row(_ k: Int) -> [Double] {
    Array(numbers[(k * Self.width)..<((k + 1) * Self.width)])
  }

  func mixture() throws -> ProductMixture {
    let rows = [row(0), row(1)]
    let weights = rows.map { $0[0] }
    return try ProductMixture(
      weights: weights,
      laws: ProductLaws([
        .categorical(
          CategoricalMixture(weights: weights, probabilities: rows.map { Array($0[1...3]) })),
        .poisson(PoissonMixture(weights: weights, rates: rows.map { $0[4] })),
        .gaussian(
          GaussianMixture(
            weights: weights, means: rows.map { $0[5] }, variances: rows.map { $0[6] })),
        .multivariate(
          MultivariateGaussianMixture(
            weights: weights, means: rows.map { [$0[7], $0[8]] },
            covariances: rows.map { [[$0[9], $0[10]], [$0[11], $0[12]]] })),
      ]))
  }

  /// w_k Π_f p_f(x_f | k), by the textbook's formulas.
  func joint(_ k: Int, _ datum: [ObservedValue?]) -> Double {
    let p = row(k)
    return datum.enumerated().reduce(p[0]) { product, entry in
      switch (entry.offset, entry.element) {
      case (0, .whole(let symbol)): product * p[1 + symbol]
      case (_, .whole(let count)):
        product * exp(-p[4]) * pow(p[4], Double(count))
          / (0..<count).reduce(1) { $0 * Double($1 + 1) }
      case (_, .number(let x)):
        product * exp(-0.5 * (x - p[5]) * (x - p[5]) / p[6]) / sqrt(2 * Double.pi * p[6])
      case (_, .point(let x)):
        product * Self.plane(x[0] - p[7], x[1] - p[8], Array(p[9...12]))
      case (_, nil): product
      }
    }
  }

  private static func plane(_ u: Double, _ v: Double, _ c: [Double]) -> Double {
    let determinant = c[0] * c[3] - c[1] * c[2]
    let form = (c[3] * u * u - (c[1] + c[2]) * u * v + c[0] * v * v) / determinant
    return exp(-0.5 * form) / (2 * Double.pi * sqrt(determinant))
  }

  var logEvidence: Double {
    data.reduce(0) { $0 + log(joint(0, $1) + joint(1, $1)) }
  }

  /// The slopes as the library has them, in the order of the numbers.
  static func flat(_ slopes: MixtureSlopes) -> [Double] {
    (0..<2).flatMap { k in [slopes.weights[k]] + slopes.factors.flatMap { $0.rows[k] } }
  }
}

@Suite("Mixtures of products, and what can be asked of a mixture") struct ProductMixtureTests {
  private func drawn(_ index: Int) throws -> PlainProduct {
    var cases = try Cases(seed: 51, stream: UInt64(index))
    return try .random(&cases)
  }

  private func isNear(_ one: Double, _ other: Double, _ tolerance: Double = 1e-12) -> Bool {
    one == other || abs(one - other) <= tolerance * max(1, abs(other))
  }

  // Catches: a factor left out, a value that was not observed read as zero.
  @Test("Evidence and responsibilities: products of densities, added up") func evidence() throws {
    for index in 0..<60 {
      let plain = try drawn(index)
      let found = try ExactAnswers(of: plain.mixture(), plain.data).posteriors
      for (posterior, datum) in zip(found, plain.data) {
        let joints = [plain.joint(0, datum), plain.joint(1, datum)]
        let total = joints[0] + joints[1]
        #expect(isNear(posterior.logEvidence.value, log(total)))
        guard let responsibilities = posterior.responsibilities else {
          #expect(total == 0)
          continue
        }
        for (r, joint) in zip(responsibilities, joints) { #expect(isNear(r, joint / total)) }
      }
    }
  }

  // Catches: a slope without its share, a sign, a factor of two; a parameter of another component.
  @Test("The gradient: central differences of the textbook's formula, zeros of tables among them")
  func gradient() throws {
    for index in 0..<40 {
      let plain = try drawn(index)
      guard plain.logEvidence.isFinite else { continue }
      let slopes = PlainProduct.flat(MixtureSlopes(of: try plain.mixture(), plain.data))
      for place in plain.numbers.indices {
        func moved(_ step: Double) -> Double {
          var other = plain
          other.numbers[place] += step
          return other.logEvidence
        }
        let h = 0x1p-10
        let wide = (moved(h) - moved(-h)) / (2 * h)
        let narrow = (moved(h / 2) - moved(-h / 2)) / h
        #expect(isNear(slopes[place], (4 * narrow - wide) / 3, 1e-6), "number \(place)")
      }
    }
  }

  // Catches: a slope by a weight of zero left out, or divided by it.
  @Test("A component without weight has a slope by its weight, and none by its rate")
  func weightless() throws {
    let mixture = try ProductMixture(
      weights: [1, 0],
      laws: ProductLaws([.poisson(PoissonMixture(weights: [1, 0], rates: [2, 3]))]))
    let slopes = MixtureSlopes(of: mixture, [[.whole(4)]])
    #expect(isNear(slopes.weights[0], 1))
    #expect(isNear(slopes.weights[1], exp(-1) * pow(1.5, 4)))
    #expect(slopes.factors[0].rows[1] == [0])
  }

  // Catches: an explanation that is not the best, another than the first of equals, a wrong logarithm, a draw from
  // the weights.
  @Test("The component as a law: all components visited") func law() throws {
    for index in 0..<40 {
      let plain = try drawn(index)
      let mixture = try plain.mixture()
      for datum in plain.data {
        let law = MixturePosterior(of: mixture, datum).component
        try expectSameLaw(law, VisitedStates(components: mixture, datum), "\(index)")
      }
    }
    let even = try PoissonMixture(weights: [0.5, 0.5], rates: [2, 2])
    #expect(MixturePosterior(of: even, 3).component.explanation?.state == 0)
  }

  // Catches: an impossible observation counted, and counts that are no sums.
  @Test("Expected assignments: the sum of the responsibilities") func counts() throws {
    let mixture = try CategoricalMixture(
      weights: [0.5, 0.5], probabilities: [[1, 0, 0], [0.5, 0.5, 0]])
    let found = [0, 1, 2].map { MixturePosterior(of: mixture, $0) }
    let counts = expectedAssignments(found, components: 2)
    #expect(isNear(counts[0], 2.0 / 3) && isNear(counts[1], 4.0 / 3))
    #expect(found[2].component.explanation == nil && found[2].component.entropy == nil)
  }

  // Catches: factors that contradict each other by logarithms beyond all digits, answered nevertheless.
  @Test("Factors that say the opposite by 10⁹ each: rounding would decide") func contradiction()
    throws
  {
    let weights = [0.5, 0.5]
    let mixture = try ProductMixture(
      weights: weights,
      laws: ProductLaws([
        .gaussian(GaussianMixture(weights: weights, means: [0, 1e5], variances: [1, 1])),
        .gaussian(GaussianMixture(weights: weights, means: [1e5, 0], variances: [1, 1])),
      ]))
    #expect(throws: ExactRefusal.imprecise("observations[0]")) {
      try ExactAnswers(of: mixture, [[.number(0.25), .number(0.25)]])
    }
  }

  // Catches: logarithms of one size whose differences are rounded, called precise as they are nearly equal.
  @Test("Counts whose logarithms are 10⁷ and differ by one") func nearlyEqual() throws {
    let weights = [0.5, 0.5]
    let mixture = try ProductMixture(
      weights: weights,
      laws: ProductLaws([.poisson(PoissonMixture(weights: weights, rates: [1e7, 1e7 + 1]))]))
    #expect(throws: ExactRefusal.imprecise("observations[0]")) {
      try ExactAnswers(of: mixture, [[.whole(0)]])
    }
  }

  // Catches: an overflow that is called impossible because some other factor can exclude.
  @Test("A density below the doubles beside a table is no impossible observation") func below()
    throws
  {
    let mixture = try ProductMixture(
      weights: [1],
      laws: ProductLaws([
        .categorical(CategoricalMixture(weights: [1], probabilities: [[1, 0]])),
        .gaussian(GaussianMixture(weights: [1], means: [0], variances: [1])),
      ]))
    #expect(throws: ExactRefusal.overflow("observations[0]")) {
      try ExactAnswers(of: mixture, [[.whole(0), .number(1e300)]])
    }
    let found = try ExactAnswers(of: mixture, [[.whole(1), .number(0)]])
    #expect(found.logEvidence == [-.infinity] && found.posteriors[0].responsibilities == nil)
  }
}
