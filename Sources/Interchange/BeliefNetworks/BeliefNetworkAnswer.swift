import Exact
import JSONText
import Models
import Probability

extension BeliefNetworkSpec: OracleSpec {
  /// Sums out the hidden layers one after the other, or visits every setting of all of them.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    // What repeats is answered once: few units have few settings, however many were observed.
    var places: [[Bool]: Int] = [:]
    var distinct: [[Bool]] = []
    for observation in observations where places[observation] == nil {
      places[observation] = distinct.count
      distinct.append(observation)
    }
    let (answers, route, states) =
      request.method == .bruteForce
      ? try enumerated(distinct, request) : try structured(distinct, request)
    let evidence = try observations.enumerated().map {
      (number, observation) throws(OracleRefusal) in
      guard let place = places[observation], answers[place].logEvidence.value.isFinite
      else {
        throw .overflow("observations[\(number)]")
      }
      return answers[place]
    }
    let marginals = evidence.map(\.topMarginals)
    return OracleAnswer(
      method: request.method ?? .structured, route: route,
      work: [("states", states), ("observations", Double(observations.count))],
      members: [
        ("logEvidence", .numbers(evidence.map(\.logEvidence.value))),
        ("posteriorMarginals", .matrix(marginals)),
      ],
      sections: sections(evidence.map(\.logEvidence.value), marginals))
  }

  private typealias Found = (answers: [BeliefNetworkPosterior], route: String, states: Double)

  private func enumerated(
    _ distinct: [[Bool]], _ request: OracleRequest, factorising: Bool = false, why: String = ""
  ) throws(OracleRefusal) -> Found {
    let units = network.hiddenUnitCounts.reduce(0, +)
    let (each, all) = (network.hiddenStateCount, network.hiddenStateCount * Double(distinct.count))
    try request.require(max(each, all), "layers: \(units) hidden units\(why)")
    var (answers, factorised) = ([BeliefNetworkPosterior](), 0)
    for observation in distinct {
      let before = Double(answers.count) * each
      let progress = { request.progress?(before + $0, all) ?? () }
      if factorising,
        let answer = BeliefNetworkPosterior(factorising: network, observation, progress: progress)
      {
        answers.append(answer)
        factorised += 1
        continue
      }
      do throws(ModelError) {
        answers.append(
          try BeliefNetworkPosterior(enumerating: network, observation, progress: progress))
      } catch {
        throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
      }
    }
    let hidden = network.layers.count == 1 ? "the top units" : "all hidden units"
    let way =
      factorised > 0 && factorised == answers.count
      ? "exponentials factorised over two parts of them" : "one by one"
    return (answers, "sum over all \(countText(each)) settings of \(hidden), \(way)", all)
  }

  private func structured(
    _ distinct: [[Bool]], _ request: OracleRequest
  ) throws(OracleRefusal) -> Found {
    let counts = network.hiddenUnitCounts
    guard counts.count > 1 else { return try enumerated(distinct, request, factorising: true) }
    let states = network.layeredStateCount
    let sizes = counts.map { "\($0)" }.joined(separator: ", ")
    try request.require(states, "layers: hidden layers of \(sizes) units")
    let widest = counts.reduce(0, max)
    let numbers = Double(sign: .plus, exponent: widest, significand: Double(distinct.count))
    guard numbers <= 0x1p27 else {
      throw .unreadable(
        PlaceError(
          path: "layers",
          complaint: "the structured method would keep a table of 2^\(widest) numbers for each of "
            + "\(distinct.count) observations; --method brute-force keeps none"))
    }
    let found: [BeliefNetworkPosterior?]
    do throws(ModelError) {
      found = try BeliefNetworkPosterior.layerByLayer(network, distinct) {
        request.progress?($0, states)
      }
    } catch {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    }
    let route = "hidden layers summed out from the bottom up"
    let left = distinct.indices.filter { found[$0] == nil }
    guard !left.isEmpty else { return (found.compactMap(\.self), route, states) }
    let others = try enumerated(
      left.map { distinct[$0] }, request,
      why: " with weights so large that all their settings must be compared")
    var compared = others.answers.makeIterator()
    return (
      found.compactMap { $0 ?? compared.next() },
      left.count == distinct.count ? others.route : route + "; or " + others.route,
      states + others.states
    )
  }

  private func sections(_ logEvidence: [Double], _ marginals: [[Double]]) -> [OracleSection] {
    let units = network.bias.indices.map { "unit \($0)" }
    if logEvidence.count == 1 {
      return [
        .line(label: "log p(x)", value: logEvidence[0]),
        .bars(title: "P(top unit on | x)", labels: units, values: marginals[0]),
      ]
    }
    let rows = zip(logEvidence, marginals).enumerated().map { number, answer in
      (label: "\(number)", values: Optional([answer.0] + answer.1))
    }
    return [
      .table(
        title: "log p(x) and P(top unit on | x)", columns: ["observation", "log p(x)"] + units,
        rows: rows)
    ]
  }
}
