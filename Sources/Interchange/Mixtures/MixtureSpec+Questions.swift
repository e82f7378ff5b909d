public import Exact
import JSONText
import Models
public import Probability

extension MixtureSpec {
  /// All but what concerns steps and layers.
  public var questions: [OracleQuestion] { [.explanation, .samples, .counts, .gradient, .entropy] }

  /// The answer to one of them; a mixture has one route.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    if question == .gradient { return try gradient() }
    let posteriors = try found(request).posteriors
    if question == .counts { return counts(posteriors) }
    return try hiddenStateAnswer(
      question, of: posteriors.map(\.component), as: MixtureSpec.component, samples: samples,
      &sampler)
  }

  private static var component: HiddenStateForm<Int> {
    HiddenStateForm(
      noun: "observation", key: "component", json: { .integer($0) }, text: { "k = \($0)" })
  }

  private func counts(_ posteriors: [MixturePosterior]) -> FurtherAnswer {
    let counts = expectedAssignments(posteriors, components: componentCount)
    return FurtherAnswer(
      ["assignments": .numbers(counts)],
      sections: [
        .bars(
          title: "expected number of observations of each component",
          labels: counts.indices.map { "k = \($0)" }, values: counts)
      ])
  }
}

// MARK: The gradient

extension MixtureSpec {
  /// The same mixture as one of products, which every family is.
  func product() throws(OracleRefusal) -> (ProductMixture, [[ObservedValue?]]) {
    let (weights, laws, data): ([Double], StateLaws, [ObservedValue])
    switch family {
    case .product(let mixture, let data): return (mixture, data)
    case .poisson(let mixture, let counts):
      (weights, laws, data) = (mixture.weights, .poisson(mixture), counts.map { .whole($0) })
    case .gaussian(let mixture, let numbers):
      (weights, laws, data) = (mixture.weights, .gaussian(mixture), numbers.map { .number($0) })
    case .multivariate(let mixture, let points):
      (weights, laws, data) = (mixture.weights, .multivariate(mixture), points.map { .point($0) })
    case .categorical(let mixture, let symbols):
      (weights, laws, data) = (mixture.weights, .categorical(mixture), symbols.map { .whole($0) })
    }
    let mixture = try computing {
      try ProductMixture(weights: weights, laws: try ProductLaws([laws]))
    }
    return (mixture, data.map { [$0] })
  }

  private func gradient() throws(OracleRefusal) -> FurtherAnswer {
    let (mixture, data) = try product()
    let slopes = MixtureSlopes(of: mixture, data)
    guard slopes.isFinite else { throw .unanswered(.overflow("observations")) }
    guard slopes.isSettled else { throw .unanswered(.imprecise("gradient")) }
    let components = mixture.weights.indices.map { k in
      if case .product = family {
        JSON.object([("factors", .array(slopes.factors.map { $0.component(k) }))])
      } else {
        slopes.factors[0].component(k)
      }
    }
    return FurtherAnswer(
      ["weights": .numbers(slopes.weights), "components": .array(components)],
      sections: [
        .bars(
          title: "∂ log p(x) / ∂ weight of each component",
          labels: slopes.weights.indices.map { "k = \($0)" }, values: slopes.weights)
      ])
  }
}

extension LawSlopes {
  /// The slopes of one component, in the shape of its parameters.
  func component(_ k: Int) -> JSON {
    let row = rows[k]
    switch laws {
    case .categorical: return ["probabilities": .numbers(row)]
    case .poisson: return ["rate": .number(row[0])]
    case .gaussian: return ["mean": .number(row[0]), "variance": .number(row[1])]
    case .multivariate(let mixture):
      return [
        "mean": .numbers(row.prefix(mixture.dimension)),
        "covariance": .matrix(covariance(k, mixture.dimension)),
      ]
    }
  }

  /// The part of a row that is a covariance.
  func covariance(_ k: Int, _ dimension: Int) -> [[Double]] {
    (1...max(1, dimension)).map { i in
      Array(rows[k][(i * dimension)..<((i + 1) * dimension)])
    }
  }
}
