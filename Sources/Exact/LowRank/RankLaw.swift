public import Models
public import Networks
public import Probability

/// The probability that a way to choose a rank chooses 0, 1, 2 …, over every outcome of a noisy matrix.
///
/// Whatever way is asked sees the matrix alone.
public func rankLaw(
  of matrix: NoisyMatrix, ranks: Int, limits: ChoiceLimits = ChoiceLimits(),
  choose: (Matrix) throws -> Int
) throws -> [ExactValue] {
  try exactMeans(limits: limits) { choices in
    let chosen = try choose(try matrix.draw(&choices))
    guard (0..<ranks).contains(chosen) else {
      throw ModelError("rank", "expected one below \(ranks), found \(chosen)")
    }
    return (0..<ranks).map { $0 == chosen ? 1 : 0 }
  }
}
