// Small networks, fields and machines to start from.
extension OracleExamples {
  static let bayesianNetwork = """
    {
      "model": "bayesian-network",
      "variables": [
        {"name": "cloudy", "states": ["no", "yes"], "table": [[0.5, 0.5]]},
        {
          "name": "sprinkler",
          "states": ["off", "on"],
          "parents": ["cloudy"],
          "table": [[0.5, 0.5], [0.9, 0.1]]
        },
        {
          "name": "rain",
          "states": ["no", "yes"],
          "parents": ["cloudy"],
          "table": [[0.8, 0.2], [0.2, 0.8]]
        },
        {
          "name": "grass",
          "states": ["dry", "wet"],
          "parents": ["sprinkler", "rain"],
          "table": [[1.0, 0.0], [0.1, 0.9], [0.1, 0.9], [0.01, 0.99]]
        }
      ],
      "observations": [{"grass": "wet"}, {"grass": "wet", "rain": "yes"}]
    }
    """

  static let factorGraph = """
    {
      "model": "factor-graph",
      "variables": [
        {"name": "a", "states": 2},
        {"name": "b", "states": ["red", "green", "blue"]},
        {"name": "c", "states": 2}
      ],
      "factors": [
        {"variables": ["a", "b"], "table": [[1.0, 5.0, 2.0], [3.0, 0.0, 1.0]]},
        {"variables": ["b", "c"], "table": [[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]]},
        {"variables": ["c"], "table": [0.3, 0.7]}
      ],
      "observations": [{"c": 1}, {"a": 0, "b": "green"}]
    }
    """

  static let ising = """
    {
      "model": "ising",
      "fields": [0.5, 0.0, 0.0, -0.5],
      "couplings": [
        {"pair": [0, 1], "value": 0.8},
        {"pair": [1, 2], "value": 0.8},
        {"pair": [2, 3], "value": 0.8},
        {"pair": [3, 0], "value": -0.4}
      ],
      "observations": [[null, null, null, null], [1, null, null, -1]]
    }
    """

  static let restrictedBoltzmannMachine = """
    {
      "model": "restricted-boltzmann-machine",
      "visibleBias": [0.2, -0.3, 0.0],
      "hiddenBias": [0.1, -0.5],
      "weights": [[1.5, -1.0], [2.0, 0.5], [-1.0, 1.0]],
      "observations": [[1, 1, 0], [0, 0, 1]]
    }
    """
}
