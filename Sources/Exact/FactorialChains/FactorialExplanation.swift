import GSL
public import Models

extension FactorialSequence {
  /// The most probable joint states, step after step, with their log joint; nil when the sequence is impossible.
  ///
  /// ```
  /// best_0 = δ_{t−1}     best_m(… j_m …) = max_{i_m} best_{m−1}(… i_m …) + log transition_m[i_m][j_m]
  /// δ_t(z) = best_M(z) + log p(x_t | z)
  /// ```
  /// Viterbi's recursion, one chain after the other; of equals the one with the lower number is taken back from the end.
  public var explanation: (state: [[Int]], logJoint: Double)? {
    let (joint, tables) = (
      model.joint, model.chains.map { $0.transition.map { $0.map { log($0) } } }
    )
    var best = zip(model.logInitial, logEmissions[0]).map { $0 + $1 }
    // Where each joint state came from, chain by chain, step after step.
    var origins: [[[Int]]] = []
    for t in 1..<max(1, length) {
      var step: [[Int]] = []
      for (m, table) in tables.enumerated() {
        let from = best.indices.map { state in
          let j = joint.state(of: m, in: state)
          let candidates = table.indices.map { joint.moved(state, chain: m, to: $0) }
          return candidates.indices.reduce(candidates[0]) { chosen, i in
            let other = joint.state(of: m, in: chosen)
            return best[candidates[i]] + table[i][j] > best[chosen] + table[other][j]
              ? candidates[i] : chosen
          }
        }
        best = best.indices.map { state in
          best[from[state]]
            + table[joint.state(of: m, in: from[state])][joint.state(of: m, in: state)]
        }
        step.append(from)
      }
      best = zip(best, logEmissions[t]).map { $0 + $1 }
      origins.append(step)
    }
    guard let largest = best.max(), largest > -.infinity, var state = best.firstIndex(of: largest)
    else { return nil }
    var path = [state]
    for step in origins.reversed() {
      for from in step.reversed() { state = from[state] }
      path.append(state)
    }
    return (path.reversed().map(joint.states), largest + logScale)
  }
}
