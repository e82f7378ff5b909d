import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "two": { _ in ExactValue(try RankLaws.fit(.oneDimension)[2]) },
  "miss-one": { _ in ExactValue(try missed(rank: 1)) },
  "miss-two": { _ in ExactValue(try missed(rank: 2)) },
  "block-one": { _ in
    ExactValue(try BlockHoldOut().errors(of: Matrix(MatrixProblem.oneDimension.seen))[1])
  },
  "block-two": { _ in
    ExactValue(try BlockHoldOut().errors(of: Matrix(MatrixProblem.oneDimension.seen))[2])
  },
  "hole-one": { _ in ExactValue(try speckledErrors(of: MatrixProblem.oneDimension.seen)[1]) },
  "mean-two": { _ in try BuffetLaw(rate: BuffetProblem.example.rate, customers: 2).meanDishes },
  "mean-three": { _ in try BuffetLaw(rate: BuffetProblem.example.rate, customers: 3).meanDishes },
  "both-ten": { _ in
    let problem = LimitDerivation.Problem.example
    let both = try FiniteFeatures(rate: problem.rate, featureCount: problem.features)
      .probability(have: 2, of: 2)
    return ExactValue(Double(problem.features) * both)
  },
  "both-limit": { _ in
    try BuffetLaw(rate: LimitDerivation.Problem.example.rate, customers: 2).rate(ofTasters: 2)
  },
]

/// E[(A − B D_k⁺ C)²] of the first entry of the second example.
private func missed(rank: Int) throws -> Double {
  let problem = MatrixProblem.example
  let blocks = try problem.blocks(problem.theta)
  return BlockErrorLaw(means: blocks, noise: problem.noise).meanSquare(
    of: try SingularParts(of: blocks.d).inverse(rank: rank))
}
