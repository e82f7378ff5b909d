/// A small table over some bits, multilinear between their values: one cost of an objective.
///
/// ```
/// t(x) = Σ_v values(v) Π_d (x_d if v_d = 1, else 1 − x_d)        the first listed bit slowest
/// ```
public struct BitTerm: Sendable, Equatable {
  /// The bits that it reads.
  public let bits: [Int]
  /// One value for each setting of them.
  public let values: [Double]

  /// A table over bits.
  public init(bits: [Int], values: [Double]) {
    self.bits = bits
    self.values = values
  }

  /// Whether bit d of x is on in setting v of the table.
  private func isOn(_ setting: Int, _ place: Int) -> Bool {
    setting >> (bits.count - 1 - place) & 1 == 1
  }

  /// The value of the table at bits.
  public func value(at x: [Double]) -> Double { jet(at: x).value }

  func jet(at x: [Double]) -> Jet {
    var jet = Jet(constant: 0, dimension: x.count)
    for (setting, value) in values.enumerated() {
      /// Π over the bits, those at two places replaced by their slopes.
      func product(without first: Int = -1, and second: Int = -1) -> Double {
        bits.indices.reduce(value) { product, place in
          let on = isOn(setting, place)
          if place == first || place == second { return on ? product : -product }
          return product * (on ? x[bits[place]] : 1 - x[bits[place]])
        }
      }
      jet.value += product()
      for p in bits.indices {
        jet.slope[bits[p]] += product(without: p)
        for r in bits.indices where r != p {
          jet.curvature[bits[p]][bits[r]] += product(without: p, and: r)
        }
      }
    }
    return jet
  }
}
