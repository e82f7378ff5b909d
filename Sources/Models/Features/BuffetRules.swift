import GSL
public import Probability

/// How customers help themselves at a buffet that never runs out of dishes.
///
/// Customer n = 1, 2 … tries each old dish with a probability that depends on how many tasted it, then a Poisson number
/// of dishes that nobody had yet.
public struct BuffetRules: Sendable {
  /// The probability that customer n takes a dish that m others took.
  public let oldDish: @Sendable (_ tasters: Int, _ customer: Int) -> Double
  /// The mean number of dishes that customer n is the first to take.
  public let newDishes: @Sendable (_ customer: Int) -> Double

  /// Rules of any kind.
  public init(
    oldDish: @escaping @Sendable (_ tasters: Int, _ customer: Int) -> Double,
    newDishes: @escaping @Sendable (_ customer: Int) -> Double
  ) {
    self.oldDish = oldDish
    self.newDishes = newDishes
  }

  /// The Indian buffet process: m/n for an old dish, α/n new ones.
  ///
  /// Griffiths and Ghahramani 2011, "The Indian buffet process: an introduction and review".
  public static func indianBuffet(rate: Double) -> BuffetRules {
    BuffetRules(
      oldDish: { tasters, customer in Double(tasters) / Double(customer) },
      newDishes: { customer in rate / Double(customer) })
  }

  // listing: 12 buffet
  /// Who took each dish, dish by dish; nil where there are more dishes than allowed.
  ///
  /// Bit n − 1 of a history is customer n. Runs with too many dishes end at once, so that what is left has its exact
  /// probability and the rest is known by its sum.
  public func draw<Choices: DiscreteChoices>(
    customers: Int, atMost most: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Int]? {
    var histories: [Int] = []
    for customer in 1...max(1, customers) {
      for dish in histories.indices {
        let tasters = histories[dish].nonzeroBitCount
        if try choices.flip(oldDish(tasters, customer)) { histories[dish] |= 1 << (customer - 1) }
      }
      let room = most - histories.count
      var shares = (0...max(0, room)).map { poissonProbability($0, mean: newDishes(customer)) }
      shares.append(max(0, 1 - shares.reduce(0, +)))
      let new = try choices.choose(shares)
      guard new <= room else { return nil }
      histories += [Int](repeating: 1 << (customer - 1), count: new)
    }
    return histories
  }
  // end of listing
}

/// The Poisson probability e^(−mean) mean^count / count!.
public func poissonProbability(_ count: Int, mean: Double) -> Double {
  (0..<max(0, count)).reduce(exp(-mean)) { $0 * mean / Double($1 + 1) }
}
