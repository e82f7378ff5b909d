public import GSL

/// A Markov chain over finitely many states, as the probabilities of its steps.
public struct TransitionMatrix: Sendable, Equatable {
  /// T_ij = P(next is j | now is i), row by row.
  public let rows: [[Double]]

  /// A chain of which every row is a distribution over the states.
  public init(rows: [[Double]]) { self.rows = rows }

  /// The number of states.
  public var stateCount: Int { rows.count }

  /// μ T: the law of the state one step later.
  public func step(_ law: [Double]) -> [Double] {
    var next = [CompensatedSum](repeating: CompensatedSum(), count: stateCount)
    for (i, mass) in law.enumerated() where mass > 0 {
      for (j, probability) in rows[i].enumerated() { next[j].add(mass * probability) }
    }
    return next.map(\.value)
  }

  /// The laws after 1, 2, … steps from a state.
  public func laws(from start: Int, steps: Int) -> [[Double]] {
    var law = rows.indices.map { $0 == start ? 1.0 : 0 }
    return (0..<steps).map { _ in
      law = step(law)
      return law
    }
  }

  /// max_ij |π_i T_ij − π_j T_ji|: zero where the chain looks the same run backwards.
  ///
  /// Detailed balance makes π stationary, but a stationary π need not have it: a sweep in a fixed
  /// order has not.
  public func detailedBalanceViolation(_ law: [Double]) -> Double {
    var largest = 0.0
    for i in rows.indices {
      for j in 0..<i { largest = max(largest, abs(law[i] * rows[i][j] - law[j] * rows[j][i])) }
    }
    return largest
  }

  /// The moduli of all eigenvalues, each as often as it counts, the largest, 1, first.
  ///
  /// The distance from the stationary law shrinks like the power of the second.
  ///
  /// - Parameters:
  ///   - law: a stationary law with no zeros, as logarithms; it sets the scale in which rounding is least.
  ///   - isReversible: whether detailed balance holds, which makes all eigenvalues real.
  /// - Returns: as many as there are states.
  /// - Throws: what libgsl says where it does not find them.
  public func eigenvalueModuli(
    stationary law: [Double], isReversible: Bool
  ) throws(GSLError) -> [Double] {
    if isReversible {
      // D^½ T D^−½ has the eigenvalues of T, and is symmetric where π_i T_ij = π_j T_ji.
      let scaled = rows.indices.flatMap { i in
        rows.indices.map { j in rows[i][j].squareRoot() * rows[j][i].squareRoot() }
      }
      let values = try LinearAlgebra.symmetricEigenvalues(order: stateCount, scaled)
      return values.map(\.magnitude).sorted(by: >)
    }
    let (lumped, law) = lumped(stationary: law)
    let n = lumped.count
    var scaled: [Double] = []
    scaled.reserveCapacity(n * n)
    for (row, here) in zip(lumped, law) {
      for (probability, there) in zip(row, law) {
        scaled.append(probability == 0 ? 0 : exp(log(probability) + 0.5 * (here - there)))
      }
    }
    let moduli = try LinearAlgebra.eigenvalues(order: n, scaled).map(\.modulus)
    return moduli.sorted(by: >) + [Double](repeating: 0, count: stateCount - n)
  }

  /// The chain of groups of states from which every step is the same, and its stationary law.
  ///
  /// A sweep forgets the variable that it begins with, so that states that differ there have one row.
  /// With E_ig = [i in g] and R the rows of the groups, T = E R, and the chain of the groups, R E, has
  /// the same eigenvalues but for zeros.
  private func lumped(stationary law: [Double]) -> (rows: [[Double]], law: [Double]) {
    var numbers: [[Double]: Int] = [:]
    var members: [[Int]] = []
    for (state, row) in rows.enumerated() {
      let group = numbers[row, default: members.count]
      numbers[row] = group
      if group == members.count { members.append([]) }
      members[group].append(state)
    }
    let sums = members.map { group -> [Double] in
      let row = rows[group[0]]
      return members.map { states in CompensatedSum(states.map { row[$0] }).value }
    }
    return (sums, members.map { states in logSumExp(states.map { law[$0] }) })
  }
}

/// ½ Σ_z |p(z) − q(z)|: the largest difference of the probabilities of one event.
public func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
  0.5 * CompensatedSum(zip(p, q).map { abs($0 - $1) }).value
}
