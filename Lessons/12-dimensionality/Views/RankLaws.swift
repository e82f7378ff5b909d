import Approximate
import Exact
import Models
import Networks
import Probability

/// The exact laws of the rank that is chosen, for the ways of this lesson.
enum RankLaws {
  /// By the error of the fit, ranks 0 to 3: the first that leaves no error is the rank of X.
  static func fit(_ problem: MatrixProblem) throws -> [Double] {
    try rankLaw(of: problem.matrix, ranks: 4) { try SingularParts(of: $0).rank }.map(\.value)
  }

  /// By each entry from the rest, as a block and as a hole: ranks 0 to 2.
  ///
  /// The hole's rank one is fitted through all eight seen entries. Rank two has no other choice than the block's: one matrix of rank two has these eight entries.
  static func heldOut(
    _ problem: MatrixProblem
  ) throws -> (block: [Double], speckled: [Double]) {
    let block = try BlockHoldOut()
    var speckled = [0.0, 0, 0]
    let law = try rankLaw(of: problem.matrix, ranks: 9) { x in
      let errors = try block.errors(of: x)
      let holes = try speckledErrors(of: (0..<3).map { x.row($0).array })
      // Two choices as one number: each is below three.
      return 3 * leastRank(errors) + leastRank(holes + [errors[2]])
    }.map(\.value)
    for (both, probability) in law.enumerated() { speckled[both % 3] += probability }
    return ((0..<3).map { k in law[(3 * k)..<(3 * k + 3)].reduce(0, +) }, speckled)
  }
}
