// Sums over structures that are too many to list.
//
// A chain of T places has K^T paths, a sentence more derivations than that. Their total weight is
// found all the same, because the weight of a path is a product and a sum of products with common
// factors is a product of sums:
//
//     Σ_i Σ_j a_i b_ij c_j  =  Σ_j (Σ_i a_i b_ij) c_j
//
// This distributive law, with 0 and 1, is all that the recursion uses. What obeys it is a semiring,
// and each semiring asks another question of one and the same recursion:
//
//     elements        a ⊕ b             a ⊗ b             answer
//     LogSum          log(e^a + e^b)    a + b             log Z, and by it probabilities
//     LogMax          max(a, b)         a + b             the score of the best structure
//     Count           a + b             a · b             how many structures there are
//     WeightedMean    mean of means     sum of means      the expected value of what adds up
//
// So each recursion of this folder is written once, over `Semiring`, and looks like its formula. Two
// things are no semirings, and need none. The best structure itself, and a random one, are found by
// walking along the messages and choosing at each fork, by the largest or by chance. And the
// expected number of times that each part is used is the outside recursion: the gradient of log Z, for
// all parts at the price of two recursions (Eisner 2016), where WeightedMean gives one sum of them at
// the price of one.
//
// The recursions are marked inlinable: another module that asks one over a semiring of its own gets it as
// fast as if it were written out. Where that was left out it took ten times as long.
//
// References: Goodman 1999, "Semiring parsing"; Li and Eisner 2009 for expectations; Eisner 2016,
// "Inside-outside and forward-backward algorithms are just backprop"; Rush 2020, "Torch-Struct".

/// Weights that can be added where structures are alternatives and multiplied where they combine.
///
/// ```
/// (a ⊕ b) ⊕ c = a ⊕ (b ⊕ c)     a ⊕ b = b ⊕ a     a ⊕ 0 = a
/// (a ⊗ b) ⊗ c = a ⊗ (b ⊗ c)     a ⊗ b = b ⊗ a     a ⊗ 1 = a     a ⊗ 0 = 0
/// a ⊗ (b ⊕ c) = a ⊗ b ⊕ a ⊗ c
/// ```
/// In doubles these hold up to rounding. The outside recursion is what needs ⊗ to commute.
public protocol Semiring: Sendable, Equatable {
  /// What is impossible; nothing changes when it is added.
  static var zero: Self { get }
  /// What costs nothing; nothing changes when it is multiplied.
  static var one: Self { get }
  /// The weight of a part, given as its logarithm; −∞ is impossible.
  init(logWeight: Double)
  /// Either of two alternatives.
  static func + (left: Self, right: Self) -> Self
  /// Two parts of one structure.
  static func * (left: Self, right: Self) -> Self
  /// All terms of a range added up.
  static func sum(over range: Range<Int>, _ term: (Int) -> Self) -> Self
}

extension Semiring {
  /// One term after the other.
  @inlinable
  public static func sum(over range: Range<Int>, _ term: (Int) -> Self) -> Self {
    var total = zero
    for index in range { total = total + term(index) }
    return total
  }
}
