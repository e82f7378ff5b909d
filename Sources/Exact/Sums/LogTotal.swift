import GSL

/// log Σ e^v over numbers that come one by one: as much memory for a million as for one.
struct LogTotal: Equatable {
  private var largest = -Double.infinity
  private var scaled = CompensatedSum()

  /// log of the sum so far; −∞ before the first term above it.
  var value: Double { largest == -.infinity ? largest : largest + log(scaled.value) }

  /// How much of another sum this one is: without the rounding of large logarithms.
  func share(of whole: LogTotal) -> Double {
    guard largest > -.infinity else { return 0 }
    return exp(largest - whole.largest) * (scaled.value / whole.scaled.value)
  }

  mutating func add(_ term: Double) {
    guard term != -.infinity else { return }
    if term.isNaN { largest = term }
    if term > largest {
      let smaller = scaled.value * exp(largest - term)
      (largest, scaled) = (term, CompensatedSum([smaller]))
    }
    scaled.add(exp(term - largest))
  }
}
