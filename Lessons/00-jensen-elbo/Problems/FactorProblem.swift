import Exact
import GSL
import LessonKit
import Models
import Probability

/// A document with two or three binary factors, and independent bits to approximate them with.
struct FactorProblem: Sendable {
  /// The model with its document.
  let document: LatentFactorDocument
  /// q(z), independent bits.
  let q: BernoulliFactors

  /// Two factors, three words, the document (0, 2, 2).
  static let twoFactors = FactorProblem(document: .twoFactors, q: BernoulliFactors([0.55, 0.2]))

  /// A random document; the first bit of q is at least 0.1 away from its prior.
  static func random(_ cases: inout Cases) throws -> FactorProblem {
    let document = try LatentFactorDocument.random(&cases)
    var bits = try cases.probabilities(document.latentCount)
    let p = document.model.prior[0]
    if abs(bits[0] - p) < 0.1 { bits[0] = p < 0.5 ? p + 0.2 : p - 0.2 }
    return FactorProblem(document: document, q: BernoulliFactors(bits))
  }

  /// The same document under another q.
  func with(_ other: BernoulliFactors) -> FactorProblem {
    FactorProblem(document: document, q: other)
  }

  /// p(z), which this model makes independent bits too.
  var prior: BernoulliFactors { BernoulliFactors(document.model.prior) }

  /// The corner nearest to q: every bit certain.
  var corner: [Double] { q.probabilities.map { $0 > 0.5 ? 1 : 0 } }

  /// The largest |log p(z)|, the sum over bits of the rarer value's.
  var largestLogPrior: Double {
    prior.probabilities.reduce(0) { $0 - log(min($1, 1 - $1)) }
  }
}

// MARK: Over all 2^D states

extension FactorProblem {
  /// The posterior of all 2^D states.
  var posterior: ExactPosterior { ExactPosterior(of: document) }

  /// Σ_z q(z) [log p(x, z) − log q(z)].
  var exactELBO: ExactValue { Exact.exactELBO(factorised: q.probabilities, of: document) }

  /// E_q[log p(x, z)].
  var energy: ExactValue { exactELBO - entropy }

  /// KL(q‖p(z|x)).
  var gap: ExactValue { exactGap(factorised(q.probabilities), posterior) }

  /// Σ_z p(z) log p(x | z).
  var fitUnderThePrior: ExactValue {
    zip(document.states, exactProbabilities(prior)).sum { z, probability in
      probability * ExactValue(document.logLikelihood(z))
    }
  }

  /// Σ_z q(z) log(q(z) / p(z)).
  var divergenceFromThePrior: ExactValue {
    zip(exactProbabilities(q), exactProbabilities(prior)).sum { q, p in q * (q / p).logarithm }
  }

  /// Σ q(z) q(z′) [log (w + w′)/2 − (log w + log w′)/2],  w = p(x, z)/q(z): what a second draw of q
  /// adds to the mean logarithm of one weight.
  var gainOfASecondDraw: ExactValue {
    let draws = zip(document.states, exactProbabilities(q)).map { z, q in
      (q: q, logWeight: ExactValue(document.logJoint(z)) - q.logarithm)
    }
    return draws.sum { first in
      draws.sum { second -> ExactValue in
        // log (e^a + e^b)/2 − (a + b)/2 = log cosh (a − b)/2.
        let half = (first.logWeight - second.logWeight) / 2
        let cosh = (half.exponential + (-half).exponential) / 2
        return first.q * second.q * cosh.logarithm
      }
    }
  }

  /// −Σ_z q(z) log q(z).
  var entropy: ExactValue { -exactProbabilities(q).sum { $0 * $0.logarithm } }

  /// Π_d b_d^z_d (1 − b_d)^(1 − z_d), state by state, with its rounding.
  private func exactProbabilities(_ bits: BernoulliFactors) -> [ExactValue] {
    document.states.map { z in
      zip(z, bits.probabilities).reduce(1) { product, pair in
        product * (pair.0 == 1 ? ExactValue(pair.1) : 1 - ExactValue(pair.1))
      }
    }
  }
}

extension FactorProblem: Shown {
  /// The prior's bits, q's bits, the words, and what makes p(word|z) = softmax(bias + W z).
  var givens: [Given] {
    [
      Given("p_d", prior.probabilities), Given("b_d", q.probabilities), Given("x", document.words),
      Given("W", transposed(document.model.weights)), Given("bias", document.model.bias),
    ]
  }
}

/// A row for each column.
private func transposed(_ rows: [[Double]]) -> [[Double]] {
  (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
}
