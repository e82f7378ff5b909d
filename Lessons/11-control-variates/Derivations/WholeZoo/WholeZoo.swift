import Approximate
import LessonKit
import Models
import Probability

extension WholeZooDerivation {
  /// The library's estimators, and names that stand for others.
  static let derivation = Derivation<Parts, WholeZooProblem>(
    id: "whole-zoo", title: "The rest of the zoo", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    states: { try states($0, $1) },
    drawn: { name, problem, noises in
      let settings = lineSettings(name, problem, samples: noises.count)
      var choices = GivenNormals(noises)
      return try line(name).program(problem, settings).estimate(problem, &choices)
    },
    line: { name, problem in
      try line(name).moments(problem, lineSettings(name, problem, samples: 1)).mean
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("constants-of-zero", "whatever subtracts a constant subtracts nothing", \.states) {
      let plain = [
        "constant-baseline", "optimal-baseline", "optimal-scalar-baseline", "value-baseline",
        "self-critic", "running-baseline", "nvil",
      ]
      return try states(plain.contains($0) ? "score-function" : $0, $1)
    },
    Mistake(
      "covariance-by-n", "vargrad divides by S",
      source: "VarGrad with 1/n, as libraries have variances", \.states
    ) {
      try states($0, $1, $0 == "vargrad" ? ["divisor": .word("n")] : [:])
    },
    Mistake("entropy-twice", "analytic-entropy with log p − log q for log p", \.states) {
      name, problem in
      guard name == "analytic-entropy" else { return try states(name, problem) }
      let doubled = zip(problem.logJoint ?? [], problem.law.logProbabilities).map { $0 - $1 }
      return try states(name, DiscreteProblem(problem.law, .logJoint(doubled)))
    },
    Mistake("bound-of-one", "vimco answers with the gradient of the ELBO", \.states) {
      try states($0 == "vimco" ? "leave-one-out" : $0, $1)
    },
    Mistake("dreams-of-our-x-alone", "sleep-dream keeps every dream", \.states) {
      try states($0 == "sleep-dream" ? "sleep" : $0, $1)
    },
    Mistake(
      "lands-where-it-should-fly", "pathwise with log q frozen", \.drawn,
      from: { right in { try right($0 == "pathwise" ? "sticking-the-landing" : $0, $1, $2) } }),
    Mistake(
      "weights-not-squared", "dreg with v in the place of v²",
      source:
        "sticking the landing inside a bound of K draws; Tucker and others 2019 square the weights",
      \.drawn,
      from: { right in { try right($0 == "dreg" ? "iwae-stl" : $0, $1, $2) } }),
    Mistake(
      "steps-for-densities", "stratified, lattice and measure-valued by finite differences", \.line,
      from: { right in { try right($0 == "optimal-baseline" ? $0 : "finite-difference", $1) } }),
  ]
}

// MARK: Settings

extension WholeZooDerivation {
  /// The law of an estimator for states; settings that the checks name.
  private static func states(
    _ name: String, _ problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) throws -> Estimate {
    let settings = (discreteSettings[name] ?? [:]).merging(changed) { $1 }
    // "nvil, after" is nvil with settings of its own.
    let word = String(name.prefix { $0 != "," })
    let found = try Zoo.moments(word, on: problem, settings)
    return Estimate(
      mean: found.mean,
      variance: found.covariance.indices.reduce(0) { $0 + found.covariance[$1][$1] }
    )
  }

  private static let discreteSettings: [String: [String: ZooValue]] = [
    "constant-baseline": ["baseline": .number(0.3)],
    "running-baseline": [
      "samples": .number(1), "memory": .number(0.3), "steps": .number(0), "order": .word("before"),
    ],
    "nvil": [
      "samples": .number(1), "baseline": .number(0.3), "variance": .number(4),
      "order": .word("before"),
    ],
    "running-baseline, after": [
      "samples": .number(1), "memory": .number(0.3), "steps": .number(0), "decay": .number(0.8),
      "order": .word("after"),
    ],
    "nvil, after": [
      "samples": .number(1), "baseline": .number(0.3), "variance": .number(4),
      "decay": .number(0.8), "order": .word("after"),
    ],
    "batch-mean-baseline": ["samples": .number(2)],
    "group-normalised": ["samples": .number(2), "epsilon": .number(0.1)],
    "importance-sampled": ["samples": .number(1), "selfNormalised": .flag(false)],
    "iwae-score": ["samples": .number(3)],
    "vimco": ["samples": .number(3), "mean": .word("arithmetic")],
    "ovis": ["samples": .number(3), "gamma": .number(0)],
    "ovis-monte-carlo": ["samples": .number(3), "auxiliary": .number(1)],
    "vimco-disarm": ["samples": .number(2)],
    "rws-wake": ["samples": .number(2)],
    "tvo": ["samples": .number(2), "partition": .numbers([0, 1]), "correction": .flag(true)],
  ]

  private static func line(_ name: String) throws -> GaussianEstimator {
    guard let found = GaussianZoo.all.first(where: { $0.name == name }) else {
      throw ZooError.outOfScope("no estimator for Gaussians is called \"\(name)\"")
    }
    return found
  }

  private static func lineSettings(
    _ name: String, _ problem: GaussianProblem, samples: Int
  ) -> ZooSettings {
    let own: [String: ZooValue] =
      switch name {
      case "importance-sampled":
        [
          "proposalMean": .numbers(problem.mean.map { $0 + 0.2 }),
          "proposalLogSd": .numbers(problem.logDeviations.map { $0 + 0.1 }),
        ]
      case "lax": ["control": .function(.power(targets: [0.4], exponent: 2))]
      case "delta-method": ["base": .word("pathwise"), "coefficient": .number(0.7)]
      case "stratified", "shifted-lattice": ["base": .word("pathwise")]
      default: [:]
      }
    let shared: [String: ZooValue] = [
      "samples": .number(Double(samples)), "baseline": .number(0.3), "divisor": .word("n-1"),
      "step": .number(0.4), "common": .flag(true), "coupled": .flag(false),
      "alpha": .number(0.5), "beta": .number(0.3), "mean": .word("geometric"),
    ]
    return ZooSettings(shared.merging(own) { $1 })
  }
}
