import Approximate
public import Exact
import GSL
import JSONText
import Models
import Probability

extension WakeSleepSpec: ApproximationSpec {
  /// The mean updates of both phases, run over every outcome, beside the exact gradients.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    try request.requireOutcomes(
      dreams,
      "generative: dreams of \(machine.hiddenUnits) hidden and \(machine.observedUnits) observed units"
    )
    try request.requireOutcomes(
      sets, "data: three draws for each of \(counted(data.patterns.count, "pattern"))")
    let found: WakeSleepNumbers
    do {
      found = try WakeSleepNumbers(machine, data, request.choiceLimits)
    } catch let error as ModelError {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    } catch {
      throw .unanswered(.overflow("generative"))
    }
    guard found.isFinite else { throw .unanswered(.overflow("generative")) }
    return ApproximationAnswer(
      members: found.members(machine), sections: found.sections,
      work: [("dreams", dreams), ("sets of three draws", sets)])
  }

  /// Every dream is visited: the hidden units with the observed ones.
  private var dreams: Double { exp2(Double(machine.hiddenUnits + machine.observedUnits)) }

  /// Every set of three of the n recognitions of a pattern is visited, n (n + 1) (n + 2)/6 of them.
  private var sets: Double {
    let settings = exp2(Double(machine.hiddenUnits))
    return Double(data.patterns.count) * settings * (settings + 1) * (settings + 2) / 6
  }
}

/// All numbers of an answer.
private struct WakeSleepNumbers {
  let exact: ExactHelmholtz
  let wake: [Double]
  let wakeWithMeans: [Double]
  let meanFieldObjective: Double
  let sleep: [Double]
  let sleepOnSquaredError: [Double]
  let reweighted: [(samples: Int, updates: ReweightedUpdates)]
  let likelihood: [Double]
  let (exclusive, inclusive, inclusiveOfDreams): ([Double], [Double], [Double])

  init(_ machine: HelmholtzMachine, _ data: BitPatterns, _ limits: ChoiceLimits) throws {
    let exact = try ExactHelmholtz(of: machine, data)
    self.exact = exact
    likelihood = exact.average(\.likelihoodGradient).map(\.value)
    exclusive = exact.average(\.exclusiveGradient).map(\.value)
    inclusive = exact.average(\.inclusiveGradient).map(\.value)
    inclusiveOfDreams = exactInclusiveGradient(ofDreamsOf: machine).map(\.value)
    wake = try machine.expectedWake(data, limits: limits).map(\.value)
    wakeWithMeans = machine.averageWakeWithMeans(data).map(\.value)
    meanFieldObjective = zip(data.patterns, data.probabilities).reduce(0) {
      $0 + $1.1 * machine.meanFieldObjective($1.0)
    }
    sleep = machine.summedSleep(.delta)
    sleepOnSquaredError = machine.summedSleep(.squaredError)
    reweighted = try (1...3).map { samples in
      (samples, try machine.expectedReweighted(data, samples: samples, limits: limits))
    }
  }

  /// Whether all numbers stayed within the range of doubles.
  var isFinite: Bool {
    let updates = reweighted.flatMap { $0.updates.wake + $0.updates.recognition }.map(\.value)
    let numbers = exact.posteriors.flatMap {
      [$0.logEvidence.value, $0.elbo.value, $0.exclusive.value, $0.inclusive.value]
    }
    return
      (numbers + wake + sleep + exclusive + inclusive + likelihood + updates
      + [meanFieldObjective]).allSatisfy(\.isFinite)
  }

  var cosines: [(key: String, value: Double?)] {
    let climb = exclusive.map { -$0 }
    return [
      ("recognition", cosine(sleep, climb)),
      ("recognitionData", cosine(inclusive.map { -$0 }, climb)),
      ("generative", cosine(wake, likelihood)),
      ("joint", cosine(wake + sleep, wake + climb)),
    ]
  }
}

// MARK: As JSON and as a page

extension WakeSleepNumbers {
  func members(_ machine: HelmholtzMachine) -> [(key: String, value: JSON)] {
    func generative(_ list: [Double]) -> JSON { machine.generative.json(list) }
    func recognition(_ list: [Double]) -> JSON { machine.recognition.json(list) }
    let averages: JSON = [
      "logEvidence": .number(exact.average(\.logEvidence).value),
      "elbo": .number(exact.average(\.elbo).value),
      "klDataModel": .number(exact.divergenceOfData.value),
    ]
    let gradients: JSON = [
      "qp": recognition(exclusive), "pq": recognition(inclusiveOfDreams),
      "pqData": recognition(inclusive),
    ]
    let sets = reweighted.map { samples, updates -> (key: String, value: JSON) in
      let (wake, guess) = (updates.wake.map(\.value), updates.recognition.map(\.value))
      let bias: JSON = [
        "wake": .number(distance(wake, likelihood)),
        "recognition": .number(distance(guess, inclusive.map { -$0 })),
      ]
      return (
        "K\(samples)",
        [
          "bound": .number(updates.bound.value), "wake": generative(wake),
          "recognition": recognition(guess), "biasNorm": bias,
        ]
      )
    }
    func each(_ value: (ExactRecognition) -> ExactValue) -> JSON {
      .numbers(exact.posteriors.map { value($0).value })
    }
    return [
      ("logEvidence", each(\.logEvidence)), ("elbo", each(\.elbo)), ("klQP", each(\.exclusive)),
      ("klPQ", each(\.inclusive)), ("averages", averages), ("wake", generative(wake)),
      ("wakeMeanField", generative(wakeWithMeans)),
      ("meanFieldObjective", .number(meanFieldObjective)),
      ("likelihoodGradient", generative(likelihood)), ("sleep", recognition(sleep)),
      ("sleepSquaredError", recognition(sleepOnSquaredError)), ("klGradients", gradients),
      ("cosines", .object(cosines.map { ($0.key, $0.value.map(JSON.number) ?? .null) })),
      ("reweighted", .object(sets)),
    ]
  }

  var sections: [OracleSection] {
    let names = ["log p(x)", "ELBO", "KL(q‖p)", "KL(p‖q)"]
    let rows = exact.posteriors.enumerated().map { number, posterior in
      (
        label: "\(number)",
        values: Optional([
          posterior.logEvidence.value, posterior.elbo.value, posterior.exclusive.value,
          posterior.inclusive.value,
        ])
      )
    }
    let sets = reweighted.map { samples, updates in
      (
        label: "K = \(samples)",
        values: Optional([
          updates.bound.value, distance(updates.wake.map(\.value), likelihood),
          distance(updates.recognition.map(\.value), inclusive.map { -$0 }),
        ])
      )
    }
    return [
      .line(label: "KL(data‖model)", value: exact.divergenceOfData.value),
      .line(label: "mean log p(x)", value: exact.average(\.logEvidence).value),
      .line(label: "mean ELBO", value: exact.average(\.elbo).value),
      .line(label: "means for states", value: meanFieldObjective),
      .table(title: "each datum", columns: ["datum"] + names, rows: rows),
      .table(
        title: "cosines", columns: ["of two directions", "cosine"],
        rows: zip(
          [
            "sleep, ELBO by φ", "−KL(p‖q) at the data, ELBO by φ", "wake, likelihood",
            "both phases, ELBO",
          ], cosines
        ).map { (label: $0, values: $1.value.map { [$0] }) }),
      .table(
        title: "reweighted wake-sleep", columns: ["draws", "bound", "|bias| of θ", "|bias| of φ"],
        rows: sets),
    ]
  }
}

private func distance(_ one: [Double], _ other: [Double]) -> Double {
  length(zip(one, other).map { $0 - $1 })
}

// MARK: Lists in the shape of networks

extension SigmoidBeliefNetwork {
  /// A list in the order of `parameters` as an object in the shape of the network.
  fileprivate func json(_ list: [Double]) -> JSON {
    var rest = list.dropFirst(bias.count)
    return [
      "bias": .numbers(list.prefix(bias.count)),
      "layers": .array(layers.map { $0.json(takingFrom: &rest) }),
    ]
  }
}

extension RecognitionNetwork {
  /// A list in the order of `parameters` as an object in the shape of the network.
  fileprivate func json(_ list: [Double]) -> JSON {
    var rest = list[...]
    return ["layers": .array(layers.map { $0.json(takingFrom: &rest) })]
  }
}

extension SigmoidBeliefNetwork.Layer {
  fileprivate func json(takingFrom list: inout ArraySlice<Double>) -> JSON {
    var rows: [JSON] = []
    for _ in weights {
      rows.append(.numbers(list.prefix(bias.count)))
      list = list.dropFirst(bias.count)
    }
    defer { list = list.dropFirst(bias.count) }
    return ["weights": .array(rows), "bias": .numbers(list.prefix(bias.count))]
  }
}
