/// The 2^D states of D bits, each a list of zeros and ones.
///
/// ```
/// z_d = ⌊s / 2^d⌋ mod 2      state number s, lowest bit first
/// ```
/// A collection that keeps none of them: a state is made when it is asked for.
public struct BitStates: RandomAccessCollection, Sendable {
  /// D, the number of bits.
  public let bitCount: Int

  /// All states of so many bits; of none there is one, the empty list.
  public init(of bitCount: Int) { self.bitCount = bitCount }

  /// The number of the first state, in which every bit is off.
  public var startIndex: Int { 0 }
  /// 2^D, the number of states.
  public var endIndex: Int { 1 << bitCount }

  /// The state with a number.
  public subscript(number: Int) -> [Double] { (0..<bitCount).map { Double(number >> $0 & 1) } }

  /// The number of a state.
  public static func number(of state: [Double]) -> Int {
    state.reversed().reduce(0) { $0 << 1 | ($1 == 1 ? 1 : 0) }
  }

  /// The places of the bits that are on in the state with a number, the lowest first.
  public func bitsOn(in number: Int) -> some Sequence<Int> {
    (0..<bitCount).lazy.filter { number >> $0 & 1 == 1 }
  }
}

extension BernoulliFactors {
  /// The 2^D states that q is a law of.
  public var states: BitStates { BitStates(of: count) }

  /// q(z) = Π_d b_d^z_d (1 − b_d)^(1 − z_d).
  public func probability(_ latents: [Double]) -> Double {
    zip(latents, probabilities).reduce(1) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// q(z) of every state, in the order of their numbers.
  public var stateProbabilities: [Double] {
    (0..<states.endIndex).map { number in
      probabilities.indices.reduce(1) {
        $0 * (number >> $1 & 1 == 1 ? probabilities[$1] : 1 - probabilities[$1])
      }
    }
  }

  /// E_q[f(z)] over all states; what q never visits is not asked for f.
  public func mean(_ value: ([Double]) -> Double) -> Double {
    states.reduce(0) { total, z in
      let weight = probability(z)
      return weight == 0 ? total : total + weight * value(z)
    }
  }
}
