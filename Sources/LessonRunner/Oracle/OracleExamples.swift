/// A small model of each kind to start from, as `lessons oracle --example KIND` prints it.
enum OracleExamples {
  /// The kinds in the order in which the oracle lists them.
  static let all: [(kind: String, text: String)] = [
    ("mixture", mixture),
    ("latent-factor", latentFactor),
    ("linear-dynamical-system", linearDynamicalSystem),
    ("switching-lds", switchingLds),
    ("sigmoid-belief-network", sigmoidBeliefNetwork),
    ("bayesian-mixture", bayesianMixture),
    ("hmm", hmm),
    ("factorial-hmm", factorialHmm),
    ("hidden-semi-markov", hiddenSemiMarkov),
    ("lda", lda),
    ("pcfg", pcfg),
    ("spanning-tree", spanningTree),
    ("bayesian-network", bayesianNetwork),
    ("factor-graph", factorGraph),
    ("ising", ising),
    ("restricted-boltzmann-machine", restrictedBoltzmannMachine),
  ]

  private static let mixture = """
    {
      "model": "mixture",
      "weights": [0.6, 0.4],
      "components": [
        {"family": "poisson", "rate": 2.0},
        {"family": "poisson", "rate": 9.0}
      ],
      "observations": [0, 3, 5, 12]
    }
    """

  private static let latentFactor = """
    {
      "model": "latent-factor",
      "prior": [0.3, 0.6],
      "weights": [[1.0, 0.0, -1.0], [0.0, 2.0, 0.5]],
      "bias": [0.1, 0.0, -0.2],
      "observations": [[0, 1, 1], [2]]
    }
    """

  private static let linearDynamicalSystem = """
    {
      "model": "linear-dynamical-system",
      "initialMean": [0.0],
      "initialCovariance": [[1.0]],
      "dynamics": [[0.9]],
      "dynamicsNoise": [[0.25]],
      "emission": [[1.0]],
      "emissionNoise": [[0.5]],
      "observations": [[[0.3], [-0.1], [1.2], [0.8]]]
    }
    """

  private static let switchingLds = """
    {
      "model": "switching-lds",
      "initialState": [0.5, 0.5],
      "transition": [[0.9, 0.1], [0.2, 0.8]],
      "initialMean": [0.0],
      "initialCovariance": [[1.0]],
      "states": [
        {"dynamics": [[0.95]], "dynamicsNoise": [[0.01]]},
        {"dynamics": [[0.5]], "dynamicsNoise": [[1.0]]}
      ],
      "emission": [[1.0]],
      "emissionNoise": [[0.1]],
      "observations": [[[0.1], [0.2], [1.9], [-1.0], [-0.9]]]
    }
    """

  private static let sigmoidBeliefNetwork = """
    {
      "model": "sigmoid-belief-network",
      "bias": [0.5, -1.0],
      "layers": [
        {
          "weights": [[1.0, -2.0, 0.5], [0.0, 3.0, -0.5]],
          "bias": [0.1, -0.2, 0.3]
        }
      ],
      "observations": [[1, 0, 1], [0, 0, 0]]
    }
    """

  private static let bayesianMixture = """
    {
      "model": "bayesian-mixture",
      "concentration": [1.0, 1.0],
      "prior": {
        "family": "normal-inverse-wishart",
        "mean": [0.0],
        "kappa": 0.5,
        "dof": 3.0,
        "scale": [[1.0]]
      },
      "observations": [[-2.1], [-1.9], [2.0], [2.3]]
    }
    """

  private static let hmm = """
    {
      "model": "hmm",
      "initial": [0.6, 0.4],
      "transition": [[0.7, 0.3], [0.2, 0.8]],
      "emission": {
        "family": "categorical",
        "probabilities": [[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]
      },
      "observations": [[0, 1, 2], [2, 2, 0, 1, 1]]
    }
    """

  private static let pcfg = """
    {
      "model": "pcfg",
      "start": "S",
      "rules": [
        {"left": "S", "right": ["NP", "VP"], "probability": 1.0},
        {"left": "NP", "right": ["Det", "N"], "probability": 0.5},
        {"left": "NP", "right": ["NP", "PP"], "probability": 0.2},
        {"left": "NP", "right": ["she"], "probability": 0.3},
        {"left": "VP", "right": ["V", "NP"], "probability": 0.6},
        {"left": "VP", "right": ["VP", "PP"], "probability": 0.4},
        {"left": "PP", "right": ["P", "NP"], "probability": 1.0},
        {"left": "Det", "right": ["the"], "probability": 0.6},
        {"left": "Det", "right": ["a"], "probability": 0.4},
        {"left": "N", "right": ["man"], "probability": 0.5},
        {"left": "N", "right": ["telescope"], "probability": 0.3},
        {"left": "N", "right": ["park"], "probability": 0.2},
        {"left": "V", "right": ["saw"], "probability": 1.0},
        {"left": "P", "right": ["with"], "probability": 0.7},
        {"left": "P", "right": ["in"], "probability": 0.3}
      ],
      "observations": [
        ["she", "saw", "the", "man", "with", "a", "telescope"],
        ["the", "man", "saw", "a", "park"],
        ["saw", "the", "man"]
      ]
    }
    """

  private static let spanningTree = """
    {
      "model": "spanning-tree",
      "scores": [
        [0.0, 1.371, -0.279, 0.034],
        [0.0, 0.0, -0.134, 0.605],
        [0.0, -0.198, 0.0, 0.105],
        [0.0, 1.119, 1.238, 0.0]
      ],
      "singleRoot": false
    }
    """
}

extension OracleExamples {
  /// The example of a kind, by its name or a part of it.
  static func text(of typed: String) throws(CommandError) -> String {
    try example(of: typed, among: all)
  }
}

/// An example by the name of its kind, or a part of it.
func example(
  of typed: String, among all: [(kind: String, text: String)]
) throws(CommandError) -> String {
  let kinds = all.map(\.kind)
  switch Meaning(of: typed, among: kinds) {
  case .one(let kind): return all.first { $0.kind == kind }?.text ?? ""
  case .several(let names): throw .ambiguous(typed, "kind", names, place: "--example")
  case .nobody: throw unknown(typed, "kind \(quoted(typed))", among: kinds, place: "--example")
  }
}
