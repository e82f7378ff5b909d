import Exact
import Interchange
import Models
import Probability

/// Why the moments of a case are not computed.
enum MomentsRefusal: Error, CustomStringConvertible {
  /// Too many outcomes; the count is 2^bits.
  case tooMany(bits: Int, of: String, cap: Int)
  /// A bound of so many samples that sums over more terms than are allowed.
  case tooManyTerms(Double, samples: Int, cap: Int)
  /// Numbers so large that log-probabilities or second moments leave the doubles.
  case overflow

  var description: String {
    switch self {
    case .tooMany(let bits, let what, let cap):
      "\(what) has \(powerOfTwo(bits)), the cap is \(cap); --max-outcomes raises it"
    case .tooManyTerms(let terms, let samples, let cap):
      "the importance-weighted bound of \(samples) samples has \(Format.count(Int(min(terms, 0x1p62)))) "
        + "terms, the cap is \(cap); --max-outcomes raises it"
    case .overflow:
      "spec: the scores are so large that log-probabilities or variances overflow a double"
    }
  }
}

/// 2^bits in figures where they can be written.
private func powerOfTwo(_ bits: Int) -> String {
  bits < 62 ? "2^\(bits) = \(1 << bits) outcomes" : "2^\(bits) outcomes"
}

/// Refuses before anything is run what would take more outcomes than the cap.
///
/// A bit that is certain under q has one outcome, not two. The evidence visits all 2^D states.
func refuseBeyond(cap: Int, _ given: EstimatorCase) throws(MomentsRefusal) {
  func fits(_ bits: Int) -> Bool { bits < 62 && 1 << bits <= cap }
  let uncertain = given.q.uncertainCount
  guard fits(2 * uncertain) else {
    throw .tooMany(bits: 2 * uncertain, of: "an estimator with 2 samples", cap: cap)
  }
  guard fits(given.q.count) else {
    throw .tooMany(bits: given.q.count, of: "the evidence", cap: cap)
  }
}

/// Refuses bounds that sum over more terms than the cap.
func refuseBoundsBeyond(
  cap: Int, _ given: EstimatorCase, _ model: BinaryTable
) throws(MomentsRefusal) {
  for samples in 1...3 {
    let terms = importanceWeightedTerms(
      samples: samples, factorised: given.q.probabilities, of: model)
    guard terms <= Double(cap) else {
      throw .tooManyTerms(terms, samples: samples, cap: cap)
    }
  }
}

extension BernoulliFactors {
  /// The number of bits that are not certain.
  var uncertainCount: Int { probabilities.count { $0 > 0 && $0 < 1 } }
}
