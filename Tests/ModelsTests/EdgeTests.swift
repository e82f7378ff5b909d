import Probability
import Testing

@testable import Models

@Suite("Models at their edges")
struct ModelEdgeTests {
  private func prior(_ scale: [[Double]], dof: Double = 3) throws -> NormalInverseWishart {
    try NormalInverseWishart(mean: [0, 0], kappa: 1, dof: dof, scale: scale)
  }

  // Catches: matrices that are not symmetric by a thousandth; degrees of freedom at their limit.
  @Test("Scale matrices are symmetric to nine digits, degrees of freedom above d − 1")
  func wishart() throws {
    _ = try prior([[2, 1], [1 + 5e-10, 2]])
    #expect(throws: ModelError.self) { try prior([[2, 1], [1 + 2e-9, 2]]) }
    _ = try prior([[2, 1], [1, 2]], dof: 1.0.nextUp)
    #expect(throws: ModelError.self) { try prior([[2, 1], [1, 2]], dof: 1) }
  }

  // Catches: probabilities that are off by a millionth, and indices that equal the count.
  @Test("Probabilities sum to one to nine digits, symbols lie below their count")
  func tables() throws {
    _ = try PoissonMixture(weights: [0.5, 0.5 + 5e-10], rates: [1, 2])
    #expect(throws: ModelError.self) {
      try PoissonMixture(weights: [0.5, 0.5 + 2e-9], rates: [1, 2])
    }
    let model = try HiddenMarkovModel(
      initial: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]],
      emission: [[0.5, 0.5], [0.5, 0.5]])
    _ = try model.observing([0, 1])
    #expect(throws: ModelError.self) { try model.observing([0, 2]) }
  }

  // Catches: a potential of plus infinity.
  @Test("A log potential may be −∞, and not +∞")
  func potentials() throws {
    func chain(_ potential: Double) throws -> ChainPotentials {
      try ChainPotentials(nodes: [[0, potential], [0, 0]], edges: [[[0, 0], [0, 0]]])
    }
    _ = try chain(-.infinity)
    #expect(throws: ModelError.self) { try chain(.infinity) }
    #expect(throws: ModelError.self) { try chain(.nan) }
  }

  // Catches: priors of which each is a double and all together are none.
  @Test("Concentrations have a sum") func concentrations() throws {
    func corpus(_ alpha: [Double], _ beta: [Double]) throws -> TopicCorpus {
      try TopicCorpus(alpha: alpha, topics: .dirichlet(beta), documents: [[0]])
    }
    _ = try corpus([1e307, 1e307], [1e307])
    let reason = "so large that the sum leaves the range of a double"
    #expect(throws: ModelError("alpha", reason)) { try corpus([1e308, 1e308], [1]) }
    #expect(throws: ModelError("beta", reason)) { try corpus([1], [1e308, 1e308]) }
  }

  // Catches: a weight that is no number, a logarithm of what is negative.
  @Test("A weight of a table is a number, and not negative") func weights() throws {
    func graph(_ weight: Double) throws -> FactorGraph {
      try FactorGraph(cardinalities: [2], factors: [.init([0], weights: [1, weight])])
    }
    _ = try graph(0)
    for weight in [-1, .nan, .infinity] {
      #expect(
        throws: ModelError("factors[0].table[1]", "expected a finite weight that is not negative")
      ) { try graph(weight) }
    }
  }

  // Catches: a value of another family, of which there is no density and so no answer.
  @Test("A value belongs to the family of its factor") func families() throws {
    let laws = try ProductLaws([
      .categorical(CategoricalMixture(weights: [1], probabilities: [[0.5, 0.5]])),
      .gaussian(GaussianMixture(weights: [1], means: [0], variances: [1])),
    ])
    let model = try ProductHiddenMarkovModel(initial: [1], transition: [[1]], laws: laws)
    _ = try model.chain(observing: [[.whole(1), .number(0.5)], [nil, nil]])
    let values: [([ObservedValue?], String)] = [
      ([.number(1), .number(0.5)], "observations[1][0]"), ([.whole(2), nil], "observations[1][0]"),
      ([nil, .whole(1)], "observations[1][1]"), ([nil, .point([1])], "observations[1][1]"),
      ([nil, .number(.nan)], "observations[1][1]"),
    ]
    for (wrong, place) in values {
      #expect(throws: ModelError(place, "expected a value of the factor's family")) {
        try model.chain(observing: [[nil, nil], wrong])
      }
    }
  }

  // Catches: activations whose parts overflow though their sum does not.
  @Test("Activations are summed beyond the doubles")
  func activations() {
    let layer = SigmoidBeliefNetwork.Layer(weights: [[1.5e308], [-1.5e308]], bias: [1.5e308])
    #expect(layer.activations(below: [true, true]) == [1.5e308])
  }

  // Catches: covariances of a mixture that are no symmetric matrices, however little.
  @Test("Covariances of a mixture are symmetric to nine digits")
  func mixtures() throws {
    func mixture(_ off: Double) throws -> MultivariateGaussianMixture {
      try MultivariateGaussianMixture(
        weights: [1], means: [[0, 0]], covariances: [[[1, 0.5], [0.5 + off, 1]]])
    }
    _ = try mixture(5e-10)
    #expect(throws: ModelError.self) { try mixture(5e-9) }
  }

  // Catches: a pattern that is never seen, of which there is nothing to learn.
  @Test("A pattern has a probability above zero")
  func patterns() throws {
    _ = try BitPatterns([[true], [false]], probabilities: [0.5, 0.5])
    #expect(throws: ModelError.self) {
      try BitPatterns([[true], [false]], probabilities: [1, 0])
    }
  }

  // Catches: densities far from every mean that are no number, or whose digits are gone.
  @Test("Normals far away: finite, and compared by their differences")
  func farAway() throws {
    let mixture = try GaussianMixture(
      weights: [0.5, 0.5], means: [0, 1], variances: [1, 1])
    // At x the components differ by x − ½, however small both are.
    let x = 1e9
    let (relative, _) = mixture.logLikelihoods(x)
    #expect(abs(relative[1] - relative[0] - (x - 0.5)) <= 1e-6)
    let huge = try GaussianMixture(weights: [1], means: [-1.5e308], variances: [1e300])
    #expect(!huge.logLikelihood(0, 1.5e308).isNaN)
    // The distance 2 · 10^308 is no double; its square over 2 · 1.7 · 10^308 is one.
    let wide = try GaussianMixture(weights: [1], means: [-1e308], variances: [1.7e308])
    #expect(abs(wide.logLikelihood(0, 1e308) / (2 / 1.7 * 1e308) + 1) <= 1e-14)
  }
}
