import Approximate
import GSL
import LessonKit
import Models

extension WeightedDerivation {
  /// The derivation, the library's code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, LineProblem>(
    id: "weighted", title: "Two gradients of a bound of K draws", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The first gradient takes each draw with its share; the second has the squares of the \
      shares, and loses its noise where q is the posterior:
      """)

  static let answer = Parts { model, code, noises in
    let sample = ImportanceWeightedSample(model, code, noises: noises)
    return Sample(
      value: sample.value, gradient: sample.gradient, doubly: sample.doublyReparameterised)
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-of-logarithms", "the mean of f, the ELBO's estimate, whatever K is",
      source: "Pyro #3104, order of log and sum", \.sample,
      from: { right in
        { model, code, noises in
          var sample = right(model, code, noises)
          let all = noises.map { right(model, code, [$0]) }
          sample.value = all.reduce(0) { $0 + $1.value } / Double(noises.count)
          sample.gradient = [0, 1].map { d in
            all.reduce(0) { $0 + $1.gradient[d] } / Double(noises.count)
          }
          return sample
        }
      }),
    Mistake(
      "sums-the-weights", "log of the sum of the weights", \.sample,
      from: { right in
        { model, code, noises in
          var sample = right(model, code, noises)
          sample.value += log(Double(noises.count)) + 0.01
          return sample
        }
      }),
    Mistake(
      "weighs-once", "w̄_k in place of its square", \.sample,
      from: { right in
        { model, code, noises in
          var sample = right(model, code, noises)
          let all = noises.map { right(model, code, [$0]) }
          sample.doubly = [0, 1].map { d in
            all.reduce(0) { $0 + exp($1.value - sample.value) * $1.doubly[d] }
              / Double(noises.count)
          }
          return sample
        }
      }),
    Mistake(
      "weighs-the-whole-slope", "the whole slope of f, weighed by the squares", \.sample,
      from: { right in
        { model, code, noises in
          var sample = right(model, code, noises)
          sample.doubly = sample.gradient
          return sample
        }
      }),
  ]
}
