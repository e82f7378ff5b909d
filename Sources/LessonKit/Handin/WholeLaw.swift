import GSL
import Probability

/// All outcomes of something random, with their probabilities.
package struct WholeLaw {
  private(set) var probabilities: [Double] = []
  private(set) var values: [[Double]] = []

  /// A law of which nothing is known yet.
  package init() {}

  /// Takes one outcome.
  package mutating func add(_ value: [Double], _ probability: Double) {
    probabilities.append(probability)
    values.append(value)
  }

  /// E[g].
  package var mean: [Double] {
    expected(count: values.first?.count ?? 0) { $0 }
  }

  /// Var[g_d].
  var variances: [Double] {
    let mean = mean
    return expected(count: mean.count) { zip($0, mean).map { ($0 - $1) * ($0 - $1) } }
  }

  private func expected(count: Int, _ of: ([Double]) -> [Double]) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for (value, probability) in zip(values, probabilities) where probability > 0 {
      for (component, number) in of(value).enumerated() {
        sums[component].add(probability * number)
      }
    }
    return sums.map(\.value)
  }

  /// How this law differs from another, in words; nil where it does not, up to rounding.
  ///
  /// Means and variances are compared first, since they can be said in words, and then the whole law by
  /// its characteristic function: E exp(i t·g) at a few t of the size 1/sd.
  package func difference(from wanted: WholeLaw, isSingle: Bool) -> (
    words: String, isBesidesTheMean: Bool
  )? {
    let (found, right) = (mean, wanted.mean)
    let size = max(wanted.size, size)
    if !agrees(found, right, isSingle: isSingle, size: size) {
      return ("the mean is " + differenceInWords(found, right), false)
    }
    // The exact answer in the place of an estimate has the right mean, and is no estimate at all.
    if values.count == 1, wanted.values.count > 1 {
      return ("the mean is right, but it makes no choice: nothing is estimated", false)
    }
    let (spread, wantedSpread) = (variances, wanted.variances)
    if !agrees(spread, wantedSpread, isSingle: isSingle, size: size * size) {
      return (
        "the mean is right, but the variance is " + differenceInWords(spread, wantedSpread), true
      )
    }
    let allowed = isSingle ? 1e-4 : 1e-7
    for t in wanted.directions {
      let (a, b) = (characteristic(t), wanted.characteristic(t))
      if hypot(a.real - b.real, a.imaginary - b.imaginary) > allowed {
        return (
          "mean and variance of each component are right, but not the whole distribution: draws are "
            + "shared, or combined in another way", true
        )
      }
    }
    return nil
  }

  /// Whether its mean is that of another law.
  package func hasMean(of other: WholeLaw, isSingle: Bool) -> Bool {
    agrees(mean, other.mean, isSingle: isSingle, size: max(size, other.size))
  }

  /// The largest number in it.
  private var size: Double { values.joined().reduce(0) { max($0, abs($1)) } }

  /// A few directions to look along, each about one standard deviation long in its own measure.
  private var directions: [[Double]] {
    // A component that is constant but for rounding is not looked at through a microscope.
    let sd = variances.map { max(sqrt($0), 1e-6 * max(size, 1)) }
    return (1...6).map { k in
      sd.indices.map { d in
        // Multiples of irrational numbers: no two components are weighed alike.
        let turn = Double(k) * 0.754_877_666 + Double(d) * 0.569_840_291
        return 2 * (turn - turn.rounded(.down)) - 1
      }
    }.map { zip($0, sd).map { 1.7 * $0 / $1 } }
  }

  private func characteristic(_ t: [Double]) -> (real: Double, imaginary: Double) {
    var (real, imaginary) = (CompensatedSum(), CompensatedSum())
    for (value, probability) in zip(values, probabilities) {
      let angle = zip(t, value).reduce(0) { $0 + $1.0 * $1.1 }
      real.add(probability * cos(angle))
      imaginary.add(probability * sin(angle))
    }
    return (real.value, imaginary.value)
  }
}
