import GSL
import LessonKit

extension SurgeryDerivation {
  /// The derivation, its terms, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "surgery", title: "What the divergence pays for", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    mixture: { codes in
      codes[0].indices.map { z in codes.reduce(0) { $0 + $1[z] } / Double(codes.count) }
    },
    paid: { codes, prior in
      codes.reduce(0) { $0 + divergence($1, prior) } / Double(codes.count)
    },
    told: { codes in
      let mixture = codes[0].indices.map { z in
        codes.reduce(0) { $0 + $1[z] } / Double(codes.count)
      }
      return codes.reduce(0) { $0 + divergence($1, mixture) } / Double(codes.count)
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake("first-code", "the code of the first datum in place of the mixture", \.mixture) {
      $0[0]
    },
    Mistake("not-normalised", "a sum over the data: no distribution", \.mixture) { codes in
      codes[0].indices.map { z in codes.reduce(0) { $0 + $1[z] } }
    },
    Mistake("turned-round", "KL(p(z)‖q_t) in place of KL(q_t‖p(z))", \.paid) { codes, prior in
      codes.reduce(0) { $0 + divergence(prior, $1) } / Double(codes.count)
    },
    Mistake("adds-the-data", "a sum over the data where a mean belongs", \.paid) { codes, prior in
      codes.reduce(0) { $0 + divergence($1, prior) }
    },
    Mistake("entropy-of-the-mixture", "the entropy of q̄, that of the codes not subtracted", \.told)
    {
      codes in
      let mixture = answer.mixture(codes)
      return -mixture.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
    },
  ]

  private static func divergence(_ q: [Double], _ p: [Double]) -> Double {
    zip(q, p).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) }
  }
}
