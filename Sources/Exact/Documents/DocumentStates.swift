import GSL
public import Models
import Probability

extension LatentFactorDocument {
  /// The posterior of all factors by every state, one by one: the twin of ``factorTree``.
  public var visitedStates: VisitedStates<[Bool]> {
    VisitedStates { each in
      for z in states { try each(z.map { $0 == 1 }, logJoint(z)) }
    }
  }

  /// The posterior of all factors, by the sums over states that begin alike.
  ///
  /// ```
  /// log p(x, z) = Σ_d log p(z_d) + Σ_v n_v a_v − n log Σ_v e^(a_v),    a = bias + Σ_d z_d weights_d
  /// ```
  /// The scores a are those of the beginning with one row added, so that a state costs V sums and not D · V.
  public var factorTree: BitTree {
    var counts = [Double](repeating: 0, count: model.wordCount)
    for word in words { counts[word] += 1 }
    var logJoints = [Double](repeating: -.infinity, count: states.endIndex)
    func visit(_ factor: Int, _ number: Int, _ scores: [Double], _ logPrior: Double) {
      guard logPrior > -.infinity else { return }
      guard factor < latentCount else {
        let normaliser = logSumExp(scores)
        logJoints[number] =
          logPrior + zip(counts, scores).reduce(0) { $0 + $1.0 * ($1.1 - normaliser) }
        return
      }
      let prior = model.prior[factor]
      visit(factor + 1, number, scores, logPrior + log1p(-prior))
      let with = zip(scores, model.weights[factor]).map { $0 + $1 }
      visit(factor + 1, number | 1 << factor, with, logPrior + log(prior))
    }
    visit(0, 0, model.bias, 0)
    return BitTree(logWeights: logJoints)
  }

  /// The posterior of all factors, by the route that was asked for.
  ///
  /// - Throws: more states than are allowed, or a tree that memory is not given to.
  public func hiddenLaw(
    _ request: ExactRequest
  ) throws(ExactRefusal) -> any HiddenStateLaw<[Bool]> {
    let what = "prior: \(latentCount) factors"
    try request.require(power(2, latentCount), what)
    if request.route == .bruteForce { return visitedStates }
    try request.requireMemory(for: power(2, latentCount + 1), what)
    return factorTree
  }
}
