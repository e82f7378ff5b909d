import GSL
package import Probability

/// Metropolis's sampling with Hastings's correction: propose, then accept or stay.
///
/// ```
/// j ~ Q(i → ·),     accept with min(1, π_j Q_ji / (π_i Q_ij)),     else stay at i
/// ```
/// Then π_i T_ij = min(π_i Q_ij, π_j Q_ji) for i ≠ j: the same both ways, so π is stationary, and only
/// ratios of π are asked for. A proposal without a way back is never accepted.
/// Reference: Hastings 1970.
package struct MetropolisKernel: MarkovKernel {
  /// π, positive and known up to a factor.
  package let target: [Double]
  /// Q, row by row: from i to j.
  package let proposal: [[Double]]

  /// The chain for a target, with a distribution over the states in each row of the proposal.
  package init(target: [Double], proposal: [[Double]]) {
    self.target = target
    self.proposal = proposal
  }

  // listing: 10 metropolis
  /// min(1, π_j Q_ji / (π_i Q_ij)); 0 for what is never proposed.
  package func acceptance(from i: Int, to j: Int) -> Double {
    guard proposal[i][j] > 0, proposal[j][i] > 0 else { return 0 }
    let (there, back) = (target[i] * proposal[i][j], target[j] * proposal[j][i])
    guard back.isNormal else {
      let logRatio =
        (log(target[j]) - log(target[i])) + (log(proposal[j][i]) - log(proposal[i][j]))
      return exp(min(0, logRatio))
    }
    return min(1, back / there)
  }

  /// The state after a proposal was accepted or not.
  package func step<Choices: DiscreteChoices>(
    from state: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Int {
    let proposed = try choices.choose(proposal[state])
    return try choices.flip(acceptance(from: state, to: proposed)) ? proposed : state
  }
  // end of listing
}
