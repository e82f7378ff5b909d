internal import CKernels

/// The path of the greatest sum of logarithms through a chain, in plain doubles.
///
/// ```
/// ẑ = argmax_z  initial[z_1] + w_1(z_1) + transition[z_1][z_2] + w_2(z_2) + …
/// ```
/// Memory is T rows of K numbers; the way back makes each choice once more instead of keeping it.
public struct BestPath: Sendable {
  /// The state of each step, the first of equals.
  public let states: [Int]
  /// The sum.
  public let score: Double

  /// - Parameters:
  ///   - logInitial: a logarithm for each state, −∞ for never.
  ///   - logTransition: a row for each state.
  ///   - logWeights: a row of K numbers for each step.
  ///
  /// Nil if the parts do not fit together, or if no path is possible.
  public init?(logInitial: [Double], logTransition: [[Double]], logWeights: [Double]) {
    let count = logInitial.count
    guard count > 0, count <= 1 << 14, logTransition.count == count, !logWeights.isEmpty,
      logWeights.count.isMultiple(of: count), logTransition.allSatisfy({ $0.count == count })
    else { return nil }
    let (steps, width) = (logWeights.count / count, (count + 7) & ~7)
    var square = [Double](repeating: -.infinity, count: count * width)
    for (i, row) in logTransition.enumerated() {
      for (j, logarithm) in row.enumerated() { square[i * width + j] = logarithm }
    }
    var path = [Int32](repeating: 0, count: steps)
    var scores = [Double](repeating: 0, count: steps * width)
    score = unsafe kernel_best_path(
      Int32(count), Int32(width), Int64(steps), logInitial, square, logWeights, &scores, &path)
    guard score > -.infinity else { return nil }
    states = path.map { Int($0) }
  }
}
