import JSONText

/// The words of the format of approximations, for mutations that exchange them.
let approximationWords = [
  "gaussian-vi", "importance", "laplace", "markov-chain", "particle-filter",
  "structured-mean-field", "structured-vae", "vae-1d", "variational-mixture", "wake-sleep",
  "chain", "bernoulli", "full", "diagonal",
]

/// Specs of approximations.
extension Style {
  func approximation(_ chance: inout Chance) -> JSON {
    switch chance.below(9) {
    case 0: importance(&chance)
    case 1: markovChain(&chance)
    case 2: wakeSleep(&chance)
    case 3: autoencoder(&chance)
    case 4: variationalMixture(&chance)
    case 5: particleFilter(&chance)
    case 6: structuredMeanField(&chance)
    case 7: latentGaussian(&chance)
    default: structuredAutoencoder(&chance)
    }
  }

  private func positives(_ count: Int, _ chance: inout Chance) -> JSON {
    list(count) { .number(positive(&chance)) }
  }

  private func latentGaussian(_ chance: inout Chance) -> JSON {
    let (n, count) = (chance.size(1...2, rarely: 3), chance.size(1...4, rarely: 12))
    let (isChain, isBernoulli) = (chance.oneIn(2), chance.oneIn(2))
    let isLaplace = chance.oneIn(2)
    var spec: [(key: String, value: JSON)] = [
      ("approximation", .string(isLaplace ? "laplace" : "gaussian-vi")),
      (
        "prior",
        isChain
          ? [
            "family": "chain", "steps": .integer(n), "initialMean": .number(number(&chance)),
            "initialVariance": .number(positive(&chance)), "dynamics": .number(number(&chance)),
            "dynamicsNoise": .number(positive(&chance)),
          ]
          : [
            "family": "gaussian", "mean": numbers(n, &chance), "covariance": covariance(n, &chance),
          ]
      ),
      (
        "likelihood",
        [
          "family": .string(isBernoulli ? "bernoulli" : "poisson"),
          "features": matrix(count, n, &chance), "offset": numbers(count, &chance),
        ]
      ),
      (
        "observations",
        list(count) { .integer(chance.below(isBernoulli ? 2 : chance.oneIn(4) ? 4000 : 6)) }
      ),
    ]
    if !isLaplace {
      spec.append(("covariance", .string(chance.pick(["full", "diagonal"]))))
    }
    return .object(spec)
  }

  private func importance(_ chance: inout Chance) -> JSON {
    let states = chance.size(1...5, rarely: 12)
    return [
      "approximation": "importance", "joint": positives(states, &chance),
      "logits": numbers(states, &chance),
    ]
  }

  private func markovChain(_ chance: inout Chance) -> JSON {
    let steps = JSON.integer(chance.size(0...6, rarely: 60))
    if chance.oneIn(2) {
      let states = chance.size(1...5, rarely: 12)
      return [
        "approximation": "markov-chain", "kernel": "metropolis",
        "target": positives(states, &chance), "proposal": conditionals(states, states, &chance),
        "start": .integer(chance.below(states)), "steps": steps,
      ]
    }
    let cardinalities = (0..<chance.size(1...3)).map { _ in chance.size(1...3) }
    let states = cardinalities.reduce(1, *)
    return [
      "approximation": "markov-chain", "kernel": "gibbs",
      "cardinalities": .array(cardinalities.map(JSON.integer)),
      "table": positives(states, &chance),
      "scan": .string(chance.pick(["systematic", "random"])),
      "start": .integer(chance.below(states)), "steps": steps,
    ]
  }

  private func particleFilter(_ chance: inout Chance) -> JSON {
    let (states, symbols) = (chance.size(1...3, rarely: 5), chance.size(1...3))
    return [
      "approximation": "particle-filter",
      "initial": .numbers(distribution(states, &chance)),
      "transition": conditionals(states, states, &chance),
      "emission": [
        "family": "categorical", "probabilities": conditionals(states, symbols, &chance),
      ],
      "observations": list(chance.size(1...4, rarely: 9)) { .integer(chance.below(symbols)) },
      "proposal": .string(chance.pick(["bootstrap", "optimal"])),
    ]
  }

  private func structuredMeanField(_ chance: inout Chance) -> JSON {
    guard case .object(let members) = switching(&chance) else { return .null }
    let model = JSON.object(members)
    var count = (modes: 1, outputs: 1)
    if case .array(let modes) = model["states"] { count.modes = modes.count }
    if case .array(let outputs) = model["emission"] { count.outputs = outputs.count }
    let steps = chance.size(1...4, rarely: 7)
    return .object(
      [("approximation", "structured-mean-field")]
        + members.filter { !["model", "observations"].contains($0.key) } + [
          ("observations", matrix(steps, count.outputs, &chance)),
          ("stateMarginals", conditionals(steps, count.modes, &chance)),
          ("sweeps", .integer(chance.size(1...3, rarely: 40))),
        ])
  }

  private func wakeSleep(_ chance: inout Chance) -> JSON {
    let sizes = (0...chance.size(1...2)).map { _ in chance.size(1...3) }
    func layers(_ sizes: [Int]) -> JSON {
      .array(
        zip(sizes, sizes.dropFirst()).map { source, target in
          ["weights": matrix(source, target, &chance), "bias": numbers(target, &chance)]
        })
    }
    let visible = sizes.last ?? 1
    let patterns = (0..<(1 << visible)).filter { _ in chance.oneIn(2) }
    let shown = patterns.isEmpty ? [0] : patterns
    let masses = normalised(shown.map { _ in 0.01 + chance.unit() })
    return [
      "approximation": "wake-sleep",
      "generative": ["bias": numbers(sizes[0], &chance), "layers": layers(sizes)],
      "recognition": ["layers": layers(sizes.reversed())],
      "data": .array(
        zip(shown, masses).map { pattern, mass in
          [
            "x": .array((0..<visible).map { .integer(pattern >> $0 & 1) }),
            "probability": .number(mass),
          ]
        }),
    ]
  }

  private func autoencoder(_ chance: inout Chance) -> JSON {
    let sizes = [1] + (0..<chance.size(1...2)).map { _ in chance.size(1...3) }
    let words = ["identity", "tanh", "sigmoid", "softplus", "sine"]
    let outputs = sizes.last ?? 1
    let isBernoulli = chance.oneIn(2)
    return [
      "approximation": "vae-1d",
      "decoder": [
        "layers": .array(
          zip(sizes, sizes.dropFirst()).map { source, target in
            [
              "weights": matrix(source, target, &chance), "bias": numbers(target, &chance),
              "activation": .string(chance.pick(words)),
            ]
          })
      ],
      "likelihood": isBernoulli
        ? ["family": "bernoulli"]
        : ["family": "gaussian", "variance": .number(positive(&chance))],
      "x": list(outputs) { isBernoulli ? .integer(chance.below(2)) : .number(number(&chance)) },
      "q": ["mean": .number(number(&chance)), "logSd": .number(4 * chance.unit() - 3)],
      "beta": numbers(chance.size(0...3), &chance),
    ]
  }

  private func variationalMixture(_ chance: inout Chance) -> JSON {
    let (components, size) = (chance.size(1...3), chance.size(1...2))
    let count = chance.size(1...5)
    var spec: [(key: String, value: JSON)] = [
      ("approximation", "variational-mixture"),
      ("concentration", positives(components, &chance)),
      (
        "prior",
        [
          "family": "normal-inverse-wishart", "mean": numbers(size, &chance),
          "kappa": .number(positive(&chance)),
          "dof": .number(Double(size) - 1 + positive(&chance)),
          "scale": covariance(size, &chance),
        ]
      ), ("observations", matrix(count, size, &chance)),
      ("responsibilities", conditionals(count, components, &chance)),
      ("sweeps", .integer(chance.size(1...4, rarely: 50))),
    ]
    if chance.oneIn(2) {
      let batch = (0..<count).filter { _ in chance.oneIn(2) }
      let step = JSON.number(probability(&chance))
      spec.append(
        (
          "svi",
          ["batch": .array((batch.isEmpty ? [0] : batch).map(JSON.integer)), "stepSize": step]
        ))
    }
    return .object(spec)
  }

  private func structuredAutoencoder(_ chance: inout Chance) -> JSON {
    let (components, outputs, count) = (chance.size(1...3), chance.size(1...2), chance.size(2...4))
    let isMixture = chance.oneIn(2)
    func factors(_ make: () -> JSON) -> [(key: String, value: JSON)] {
      [("mean", make()), ("kappa", make()), ("dof", make()), ("scale", make())]
    }
    func one() -> JSON { .number(positive(&chance)) }
    var spec: [(key: String, value: JSON)] = [
      ("approximation", "structured-vae"),
      (
        "prior",
        .object(
          isMixture
            ? [
              ("family", "gaussian-mixture"), ("concentration", positives(components, &chance)),
            ] + factors(one)
            : [
              ("family", "linear-dynamical-system"), ("initialMean", one()),
              ("initialVariance", one()),
            ] + factors(one))
      ),
      (
        "global",
        .object(
          isMixture
            ? [("concentration", positives(components, &chance))]
              + factors { positives(components, &chance) } : factors(one))
      ),
      (
        "decoder",
        [
          "weights": numbers(outputs, &chance), "bias": numbers(outputs, &chance),
          "variances": positives(outputs, &chance),
        ]
      ), ("observations", matrix(count, outputs, &chance)),
      (
        "potentials",
        ["precision": positives(count, &chance), "linear": numbers(count, &chance)]
      ),
    ]
    if isMixture {
      spec.append(("responsibilities", conditionals(count, components, &chance)))
    }
    return .object(spec)
  }
}
