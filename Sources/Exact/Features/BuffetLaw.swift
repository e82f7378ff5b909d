import GSL
public import Models
public import Probability

/// The law of the Indian buffet process: how many dishes have each history.
///
/// A history says who took a dish; m customers of N did. The numbers K_h of dishes with history h are independent,
/// ```
/// K_h ~ Poisson(λ_h),   λ_h = α (N − m)! (m − 1)!/N!
/// ```
/// and depend on m alone, so that the order of the customers makes no difference. Griffiths and Ghahramani 2011,
/// "The Indian buffet process: an introduction and review" (their [Z] is the list of all K_h).
public struct BuffetLaw: Sendable, Equatable {
  /// α.
  public let rate: Double
  /// N.
  public let customers: Int

  /// A positive rate and at least one customer, no more than histories can be numbered.
  public init(rate: Double, customers: Int) throws(ModelError) {
    guard rate > 0, rate.isFinite else {
      throw ModelError("rate", "expected a positive number, found \(rate)")
    }
    guard (1...20).contains(customers) else {
      throw ModelError("customers", "expected 1 to 20, found \(customers)")
    }
    self.rate = rate
    self.customers = customers
  }

  /// λ of a history of m customers.
  public func rate(ofTasters m: Int) -> ExactValue {
    guard (1...customers).contains(m) else { return 0 }
    // (N − m)! (m − 1)!/N! = 1/(N (N−1 over m−1)).
    var value = ExactValue(rate) / ExactValue(Double(customers))
    for i in 1..<max(1, m) {
      value = value * ExactValue(Double(i)) / ExactValue(Double(customers - i))
    }
    return value
  }

  /// log P of dishes with these histories, in any order.
  public func logProbability(_ histories: [Int]) -> ExactValue {
    let counts = Dictionary(histories.map { ($0, 1) }, uniquingKeysWith: +)
    return (1..<(1 << customers)).sum { history in
      let rate = rate(ofTasters: history.nonzeroBitCount)
      let count = counts[history] ?? 0
      return ExactValue(Double(count)) * rate.logarithm - rate
        - (0..<count).sum { ExactValue(Double($0 + 1)).logarithm }
    }
  }

  /// α H_N, the mean number of dishes.
  public var meanDishes: ExactValue {
    (1...customers).sum { ExactValue(rate) / ExactValue(Double($0)) }
  }
}
