extension OracleExamples {
  static let factorialHmm = """
    {
      "model": "factorial-hmm",
      "chains": [
        {"initial": [0.6, 0.4], "transition": [[0.9, 0.1], [0.3, 0.7]]},
        {"initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.2, 0.8]]}
      ],
      "emission": {
        "family": "gaussian",
        "means": [[-1.0, 1.5], [0.0, 3.0]],
        "variance": 0.5
      },
      "observations": [[-0.7, 0.2, null, 4.1]]
    }
    """

  static let hiddenSemiMarkov = """
    {
      "model": "hidden-semi-markov",
      "initial": [0.5, 0.5],
      "transition": [[0.0, 1.0], [1.0, 0.0]],
      "durations": [[0.1, 0.3, 0.6], [0.5, 0.25, 0.25]],
      "emission": {"family": "poisson", "rates": [1.0, 6.0]},
      "censored": true,
      "observations": [[0, 2, 1, 7, 5, null, 0]]
    }
    """

  static let lda = """
    {
      "model": "lda",
      "alpha": [0.5, 0.5],
      "beta": [0.2, 0.2, 0.2],
      "observations": [[0, 0, 1], [2, 2, 1]]
    }
    """
}
