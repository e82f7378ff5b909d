import Interchange

/// A small spec of each kind to start from, as `lessons approximate --example KIND` prints it.
enum ApproximationExamples {
  /// The kinds in the order in which the command lists them.
  static let all: [(kind: String, text: String)] = approximations.compactMap { kind in
    texts[kind].map { (kind, $0) }
  }

  private static let texts = [
    "gaussian-vi": gaussianVI, "importance": importance, "laplace": laplace,
    "markov-chain": markovChain, "particle-filter": particleFilter,
    "structured-mean-field": structuredMeanField, "structured-vae": structuredVAE,
    "vae-1d": vae1d, "variational-mixture": variationalMixture, "wake-sleep": wakeSleep,
  ]

  private static let importance = """
    {
      "approximation": "importance",
      "joint": [0.14, 0.05, 0.12],
      "logits": [-0.4, 0.1, 0.3]
    }
    """

  private static let gaussianVI = """
    {
      "approximation": "gaussian-vi",
      "prior": {
        "family": "gaussian",
        "mean": [0.0, 0.5],
        "covariance": [[4.0, 0.5], [0.5, 1.0]]
      },
      "likelihood": {
        "family": "bernoulli",
        "features": [[1.0, 0.5], [2.0, -1.0], [0.3, 1.5]],
        "offset": [0.2, -0.1, 0.4]
      },
      "observations": [1, 1, 0],
      "covariance": "full"
    }
    """

  private static let laplace = """
    {
      "approximation": "laplace",
      "prior": {
        "family": "chain",
        "steps": 3,
        "initialMean": 0.0,
        "initialVariance": 1.0,
        "dynamics": 0.9,
        "dynamicsNoise": 0.2
      },
      "likelihood": {
        "family": "poisson",
        "features": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        "offset": [0.5, 0.5, 0.5]
      },
      "observations": [1, 4, 0]
    }
    """

  private static let markovChain = """
    {
      "approximation": "markov-chain",
      "kernel": "gibbs",
      "cardinalities": [2, 2],
      "table": [0.49, 0.01, 0.02, 0.48],
      "scan": "systematic",
      "start": 0,
      "steps": 10
    }
    """

  private static let particleFilter = """
    {
      "approximation": "particle-filter",
      "initial": [0.6, 0.4],
      "transition": [[0.9, 0.1], [0.3, 0.7]],
      "emission": {
        "family": "categorical",
        "probabilities": [[0.8, 0.2], [0.1, 0.9]]
      },
      "observations": [0, 1, 1],
      "proposal": "bootstrap"
    }
    """

  private static let structuredMeanField = """
    {
      "approximation": "structured-mean-field",
      "initialState": [0.6, 0.4],
      "transition": [[0.9, 0.1], [0.2, 0.8]],
      "initialMean": [0.0],
      "initialCovariance": [[1.0]],
      "states": [
        {"dynamics": [[0.95]], "dynamicsNoise": [[0.05]]},
        {"dynamics": [[0.4]], "dynamicsNoise": [[1.2]]}
      ],
      "emission": [[1.0]],
      "emissionNoise": [[0.2]],
      "observations": [[0.3], [0.1], [1.8], [-0.9]],
      "stateMarginals": [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]],
      "sweeps": 10
    }
    """

  private static let structuredVAE = """
    {
      "approximation": "structured-vae",
      "prior": {
        "family": "gaussian-mixture",
        "concentration": [1.3, 1.2],
        "mean": -0.6,
        "kappa": 0.6,
        "dof": 4.0,
        "scale": 1.5
      },
      "global": {
        "concentration": [3.4, 1.5],
        "mean": [-1.2, 1.3],
        "kappa": [1.3, 1.6],
        "dof": [5.7, 6.4],
        "scale": [3.0, 2.3]
      },
      "decoder": {
        "weights": [-0.7, 0.2],
        "bias": [0.1, 0.2],
        "variances": [0.8, 0.4]
      },
      "observations": [[-0.8, 2.6], [-2.2, -1.7], [-0.6, 1.4]],
      "potentials": {"precision": [1.0, 0.6, 1.0], "linear": [1.4, 0.4, 1.3]},
      "responsibilities": [[0.2, 0.8], [0.4, 0.6], [0.7, 0.3]]
    }
    """

  private static let vae1d = """
    {
      "approximation": "vae-1d",
      "decoder": {
        "layers": [
          {
            "weights": [[1.9, -1.0, 1.9]],
            "bias": [0.8, 0.7, -0.9],
            "activation": "tanh"
          },
          {"weights": [[0.4, -1.0], [-0.5, 0.1], [0.1, -0.4]], "bias": [0.0, 0.0]}
        ]
      },
      "likelihood": {"family": "gaussian", "variance": 0.3},
      "x": [0.7, -0.4],
      "q": {"mean": 0.5, "logSd": -0.6},
      "beta": [0.5, 1.0, 4.0]
    }
    """

  private static let variationalMixture = """
    {
      "approximation": "variational-mixture",
      "concentration": [1.1, 1.7],
      "prior": {
        "family": "normal-inverse-wishart",
        "mean": [-0.6],
        "kappa": 0.3,
        "dof": 2.5,
        "scale": [[1.4]]
      },
      "observations": [[-1.0], [-1.9], [-0.7], [-1.0], [2.5]],
      "responsibilities": [
        [0.8, 0.2], [0.7, 0.3], [0.7, 0.3], [0.7, 0.3], [0.1, 0.9]
      ],
      "sweeps": 10,
      "svi": {"batch": [0, 3], "stepSize": 0.5}
    }
    """

  private static let wakeSleep = """
    {
      "approximation": "wake-sleep",
      "generative": {
        "bias": [0.8, -0.7],
        "layers": [{"weights": [[-0.6, 0.4], [-0.3, 0.4]], "bias": [1.6, -0.1]}]
      },
      "recognition": {
        "layers": [{"weights": [[-0.8, 1.9], [0.1, 1.3]], "bias": [-1.1, 0.7]}]
      },
      "data": [
        {"x": [1, 1], "probability": 0.5},
        {"x": [1, 0], "probability": 0.25},
        {"x": [0, 1], "probability": 0.25}
      ]
    }
    """
}

extension ApproximationExamples {
  /// The example of a kind, by its name or a part of it.
  static func text(of typed: String) throws(CommandError) -> String {
    try example(of: typed, among: all)
  }
}
