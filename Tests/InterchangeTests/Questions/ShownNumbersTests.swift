import Exact
import JSONText
import Testing

@testable import Interchange

/// Who does not read JSON sees tables and bars: they are the numbers of the answer, in their order.
@Suite("Oracle: what a person sees are the numbers of the answer") struct ShownNumbersTests {
  static let sequences: [Shown] = [
    Shown("hmm-two-states", "p(z_t = k | x) of sequence 0") { $0.rows("stateMarginals", 0) },
    Shown("hmm-two-states", "expected number of steps from state to state") {
      $0.rows("expectedCounts", "transition")
    },
    Shown("hmm-two-states", asking: .gradient, "slopes of log p(x) by transition") {
      $0.rows("gradient", "transition")
    },
    Shown("hmm-two-states", asking: .filtered, "p(z_t = k | x_0 … x_t) of sequence 0") {
      $0.rows("filtered", 0, "filtered")
    },
    Shown("hmm-two-states", asking: .counts, "expected number of emissions of each symbol") {
      $0.rows("counts", "emission")
    },
    Shown("hmm-gaussian", asking: .counts, "expected sums of emissions") {
      beside(
        $0.column("counts", "emission", "weight"), $0.column("counts", "emission", "sum"),
        $0.column("counts", "emission", "sumOfSquares"))
    },
    Shown("hmm-poisson", asking: .counts, "expected sums of emissions") {
      beside(
        $0.column("counts", "emission", "weight"), $0.column("counts", "emission", "sum"),
        $0.column("counts", "emission", "sumOfSquares"))
    },
    Shown("hidden-semi-markov-table", "p(k_t = k | x) of sequence 0") {
      $0.rows("stateMarginals", 0)
    },
    Shown(
      "hidden-semi-markov-filtered", asking: .counts, "expected number of segments of each state"
    ) {
      let durations = $0.rows("counts", "durations")
      return beside(durations.map { [$0.reduce(0, +)] }, durations)
    },
    Shown("hidden-semi-markov-table", asking: .gradient, "∂ log p(x) / ∂ initial") {
      $0.column("gradient", "initial")
    },
    Shown("factorial-hmm-table", "p(z_t = k | x) of chain 1, sequence 0") {
      $0.rows("stateMarginals", 0, 1)
    },
    Shown(
      "factorial-hmm-additive", asking: .filtered, "p(z_t = k | x_0 … x_t) of chain 0, sequence 0"
    ) {
      $0.rows("filtered", 0, "filtered", 0)
    },
    Shown("factorial-hmm-table", asking: .counts, "expected number of emissions of each symbol") {
      $0.rows("counts", "emission")
    },
    Shown("factorial-hmm-additive", asking: .gradient, "∂ log p(x) / ∂ initial of chain 0") {
      $0.column("gradient", "chains", 0, "initial")
    },
    Shown(
      "linear-dynamical-system-asked",
      "States of sequence 0 given all of it: mean and standard deviation"
    ) { inTurns($0.rows("smoothedMeans", 0), $0.deviations("smoothedCovariances", 0)) },
    Shown(
      "linear-dynamical-system-asked", asking: .filtered,
      "States of sequence 0: means with the outputs up to theirs, and before it"
    ) {
      inTurns(
        $0.rows("filtered", 0, "filtered", "means"), $0.rows("filtered", 0, "predicted", "means"))
    },
    Shown(
      "linear-dynamical-system-asked", asking: .gradient,
      "gradient of the sum of log p(y), by the mean of the first state"
    ) { $0.column("gradient", "initialMean") },
    Shown(
      "linear-dynamical-system-asked", asking: .entropy,
      "entropy of all states of a sequence, in nats"
    ) { $0.column("entropy") },
    Shown("switching-lds-asked", "p(s_t = k | y), sequence 0") { $0.rows("stateMarginals", 0) },
    Shown(
      "switching-lds-asked", asking: .filtered,
      "p(s_t = k | y_0 … y_t) of sequence 0, and the means of x_t"
    ) {
      beside(
        $0.rows("filtered", 0, "filtered", "stateMarginals"),
        $0.rows("filtered", 0, "filtered", "means"))
    },
    Shown("switching-lds-asked", asking: .marginals, "E[x_t | y] of sequence 0, whatever the path")
    {
      $0.rows("marginals", 0, "means")
    },
    Shown(
      "switching-lds-asked", asking: .gradient,
      "gradient of the sum of log p(y), by the probability of each first state"
    ) { $0.column("gradient", "initialState") },
  ]

  static let structures: [Shown] = [
    Shown("pcfg-attachment", "expected uses of the rules") { $0.column("expectedCounts") },
    Shown("pcfg-unary-chains", asking: .gradient, "slopes of the log evidence") {
      $0.column("gradient", "rules")
    },
    Shown("pcfg-unary-chains", asking: .entropy, "entropy of the derivations") {
      $0.rows("entropy")
    },
    Shown("spanning-tree-three-words", "log Z") { $0.column("logPartition") },
    Shown("spanning-tree-three-words", "share of the trees in which head h has modifier m") {
      $0.rows("edgeMarginals").map { Array($0.dropFirst()) }
    },
    Shown("spanning-tree-three-words", asking: .entropy, "entropy of the trees in nats") {
      $0.column("entropy")
    },
    Shown("factor-graph-five-variables", "log Z") { $0.column("logPartition") },
    Shown(
      "factor-graph-five-variables", asking: .marginals,
      "probabilities of table 0 given observation 0"
    ) { $0.column("marginals", 0, 0, "table") },
    Shown("factor-graph-five-variables", asking: .gradient, "slopes of Σ log p(x) by table 0") {
      $0.column("gradient", "factors", 0, "table")
    },
    Shown("bayesian-network-chest-clinic", asking: .gradient, "slopes of Σ log p(x) by table 0") {
      $0.column("gradient", "variables", 0, "table")
    },
    Shown(
      "ising-grid-three-by-three", asking: .gradient,
      "slopes of Σ log p(x) by the logarithms of table 0"
    ) { answer in
      // The field moves the weight of +1 as much up as that of −1 down.
      let slope = answer.flat("gradient", "fields", 0)[0]
      return [[-slope / 2], [slope / 2]]
    },
  ]

  static let tables: [Shown] = [
    Shown(
      "sigmoid-belief-network-explained", asking: .marginals,
      "P(hidden unit on | x), the top layer first"
    ) {
      $0.rows("marginals")
    },
    Shown(
      "sigmoid-belief-network-explained", asking: .gradient,
      "gradient of the sum of log p(x), by the bias of each top unit"
    ) { $0.column("gradient", "bias") },
    Shown("restricted-boltzmann-machine-five-three", "P(hidden unit on | v)") {
      $0.rows("posteriorMarginals")
    },
    Shown("restricted-boltzmann-machine-five-three", "log Z") { $0.column("logPartition") },
    Shown(
      "restricted-boltzmann-machine-five-three", asking: .gradient,
      "slopes of Σ log p(v) by the hidden biases"
    ) { $0.column("gradient", "hiddenBias") },
    Shown("bayesian-mixture-asked", "P(same component | x)") { $0.rows("coassignment") },
    Shown("bayesian-mixture-asked", asking: .counts, "observations of each component") {
      $0.column("counts", "sizes")
    },
    Shown("bayesian-mixture-asked", asking: .counts, "components that have an observation") {
      $0.column("counts", "clusters")
    },
    Shown(
      "bayesian-mixture-asked", asking: .gradient, "gradient of log p(x), by each concentration"
    ) {
      $0.column("gradient", "concentration")
    },
    Shown("lda-collapsed-counts", "p(z = k | w), the topic of each word") { answer in
      guard case .array(let documents)? = answer["topicMarginals"] else { return [] }
      return documents.flatMap { $0.rows() }
    },
    Shown("lda-collapsed-counts", asking: .counts, "expected number of words of each topic") {
      $0.rows("counts", "documentTopics")
    },
    Shown("lda-collapsed", asking: .gradient, "∂ log p(w) / ∂ alpha") {
      $0.column("gradient", "alpha")
    },
    Shown(
      "latent-factor-two-factors", "gradient of the sum of log p(x), by the score of each word"
    ) { [$0.flat("gradient", "bias")] + $0.rows("gradient", "weights") },
    Shown(
      "mixture-naive-bayes", asking: .counts, "expected number of observations of each component"
    ) {
      $0.column("counts", "assignments")
    },
    Shown("mixture-naive-bayes", asking: .gradient, "∂ log p(x) / ∂ weight of each component") {
      $0.column("gradient", "weights")
    },
    Shown("mixture-naive-bayes", asking: .entropy, "entropy of the posterior") {
      $0.rows("entropy")
    },
  ]

  // Catches: a column under the name of another, a variance shown as a deviation, the first row for all of them.
  @Test("Row by row", arguments: sequences + structures + tables) func rows(shown: Shown) throws {
    let golden = try #require(GoldenCase.all.first { $0.name == shown.golden })
    let spec = JSONPlace(try #require(try golden.read()["spec"]))
    let model = try QuestionedModel(spec, OracleQuestions()).model
    let answer = try oracle(
      model, asking: OracleQuestions(shown.question.map { [$0] } ?? [])
    )
    #expect(shown.differences(answer.sections, answer.json) == [])
  }

  // Catches: the states of a cell in the order in which they were divided out.
  @Test("The cells of a table are named by their states, in the order of its variables")
  func cells() throws {
    let answer = try oracle(
      JSONPlace(try JSON(parsing: FieldSpecTests.field)), asking: OracleQuestions([.marginals]))
    let labels = answer.sections.compactMap { section in
      if case .table("probabilities of table 0 given observation 0", _, let rows) = section {
        rows.map(\.label)
      } else {
        nil
      }
    }
    let states = ["0", "1"].flatMap { a in ["x", "y", "z"].map { "a = \(a), b = \($0)" } }
    #expect(labels == [states])
  }

  /// A chain whose first sequence is impossible.
  static let impossibleFirst = """
    {"model": "hmm", "initial": [0, 1], "transition": [[0.75, 0.25], [0, 1]],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.375, 0.125], [0.125, 0, 0.875]]},
     "observations": [[1, 1, 1], [0, 2]]}
    """

  // Catches: a first sequence that is impossible, and hides all others.
  @Test(
    "What is shown of states is that of the first sequence that is possible",
    arguments: [
      SequenceKindTests.factorial.replacing("[[0, null, 1], [2]]", with: "[[2], [0, null, 1]]"),
      impossibleFirst,
    ]) func firstPossible(spec: String) throws
  {
    let headings = try answer(spec).sections.map(\.heading)
    #expect(headings.contains { $0.hasPrefix("p(z_t = k | x) of ") && $0.hasSuffix("sequence 1") })
  }

  // Catches: a number of rows that are left out which is not theirs.
  @Test("Of a long list the rest is counted") func omitted() throws {
    func grammar(rules: Int) -> String {
      let words = (0..<rules).map {
        #"{"left": "S", "right": ["w\#($0)"], "probability": \#(1 / Double(rules))}"#
      }
      return """
        {"model": "pcfg", "start": "S", "rules": [\(words.joined(separator: ", "))],
         "observations": [["w0"]]}
        """
    }
    func omitted(_ rules: Int) throws -> [Int] {
      try answer(grammar(rules: rules)).sections.compactMap { section in
        if case .omitted(let count) = section { count } else { nil }
      }
    }
    #expect(try omitted(16) == [] && omitted(17) == [5] && omitted(40) == [28])
  }
}
