public import Models
import Probability

extension ExactAnswers where Answer == BeliefNetworkPosterior {
  /// Sums out the hidden layers one after the other, or visits every setting of all of them.
  ///
  /// What repeats is answered once: few units have few settings, however many were observed.
  public init(
    of network: SigmoidBeliefNetwork, _ observations: [[Bool]],
    _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let (distinct, places) = distinctValues(of: observations)
    let found =
      request.route == .bruteForce
      ? try network.enumerated(distinct, request) : try network.structured(distinct, request)
    var posteriors: [BeliefNetworkPosterior] = []
    for (number, observation) in observations.enumerated() {
      guard let place = places[observation], found.posteriors[place].logEvidence.value.isFinite
      else { throw .overflow("observations[\(number)]") }
      posteriors.append(found.posteriors[place])
    }
    self.posteriors = posteriors
    route = request.route ?? .structured
    way = found.way
    work = [("states", found.states), ("observations", Double(observations.count))]
  }
}

extension ExactAnswers where Answer == BeliefNetworkPosterior {
  /// The sums over every setting of the hidden units, to be shared out.
  public static func sharedSums(
    of network: SigmoidBeliefNetwork, _ observations: [[Bool]], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let distinct = try network.validated(distinctValues(of: observations).values)
    let states = network.hiddenStateCount * Double(distinct.count)
    try request.require(
      max(network.hiddenStateCount, states),
      "layers: \(network.hiddenUnitCounts.reduce(0, +)) hidden units")
    return network.fitsDoubles
      ? SharedSums(distinct.map { network.sum($0).tree }, states: states)
      : SharedSums(distinct.map { network.expandedSum($0).tree }, states: states)
  }
}

/// The values without those that came before, and where each stands among these.
private func distinctValues(of observations: [[Bool]]) -> (values: [[Bool]], places: [[Bool]: Int])
{
  var (values, places) = ([[Bool]](), [[Bool]: Int]())
  for observation in observations where places[observation] == nil {
    places[observation] = values.count
    values.append(observation)
  }
  return (values, places)
}

private typealias Found = (posteriors: [BeliefNetworkPosterior], way: String, states: Double)

extension SigmoidBeliefNetwork {
  /// Every setting of all hidden units; those of one layer by a kernel, if that is allowed.
  fileprivate func enumerated(
    _ distinct: [[Bool]], _ request: ExactRequest, factorising: Bool = false, why: String = ""
  ) throws(ExactRefusal) -> Found {
    let units = hiddenUnitCounts.reduce(0, +)
    let (each, all) = (hiddenStateCount, hiddenStateCount * Double(distinct.count))
    try request.require(max(each, all), "layers: \(units) hidden units\(why)")
    var found = [BeliefNetworkPosterior?](repeating: nil, count: distinct.count)
    for (index, observation) in distinct.enumerated() where factorising {
      let before = Double(index) * each
      let progress = { request.progress?(before + $0, all) ?? () }
      found[index] = BeliefNetworkPosterior(factorising: self, observation, progress: progress)
    }
    let factorised = found.count { $0 != nil }
    let left = distinct.indices.filter { found[$0] == nil }
    var visited = try oneByOne(left.map { distinct[$0] }, request).makeIterator()
    let posteriors = found.compactMap { $0 ?? visited.next() }
    let hidden = layers.count == 1 ? "the top units" : "all hidden units"
    let way =
      factorised > 0 && factorised == posteriors.count
      ? "exponentials factorised over two parts of them" : "one by one"
    return (posteriors, "sum over all \(countText(each)) settings of \(hidden), \(way)", all)
  }

  /// Every setting for itself; where rounding would decide a posterior, without any rounding.
  private func oneByOne(
    _ distinct: [[Bool]], _ request: ExactRequest
  ) throws(ExactRefusal) -> [BeliefNetworkPosterior] {
    let states = hiddenStateCount * Double(distinct.count)
    guard fitsDoubles else {
      return try request.tallies(try validated(distinct).map(expandedSum), states: states).map {
        BeliefNetworkPosterior($0, of: self)
      }
    }
    let tallies = try request.tallies(try validated(distinct).map(sum), states: states)
    return try zip(distinct, tallies).map { observation, tally throws(ExactRefusal) in
      let posterior = BeliefNetworkPosterior(tally, of: self)
      if posterior.fitsDoubles { return posterior }
      guard request.found == nil else {
        throw .undivided(
          "observations", "one is so improbable that all settings have to be visited a second time")
      }
      let expanded = try request.tallies([expandedSum(observation)], states: hiddenStateCount)
      return BeliefNetworkPosterior(expanded[0], of: self)
    }
  }

  /// The observations, if they fit.
  func validated(_ observations: [[Bool]]) throws(ExactRefusal) -> [[Bool]] {
    try fitting { () throws(ModelError) in
      for observation in observations { try validate(observation: observation) }
    }
    return observations
  }

  /// Layer by layer; where rounding would decide a posterior, all settings are compared.
  fileprivate func structured(
    _ distinct: [[Bool]], _ request: ExactRequest
  ) throws(ExactRefusal) -> Found {
    guard hiddenUnitCounts.count > 1 else {
      return try enumerated(distinct, request, factorising: true)
    }
    let states = layeredStateCount
    let sizes = hiddenUnitCounts.map { "\($0)" }.joined(separator: ", ")
    try request.require(states, "layers: hidden layers of \(sizes) units")
    let widest = hiddenUnitCounts.reduce(0, max)
    guard power(2, widest) * Double(distinct.count) <= 0x1p27 else {
      throw .unfit(
        "layers",
        "the structured method would keep a table of 2^\(widest) numbers for each of "
          + "\(distinct.count) observations", instead: .bruteForce, "keeps none")
    }
    let found = try fitting { () throws(ModelError) in
      try BeliefNetworkPosterior.layerByLayer(self, distinct) { request.progress?($0, states) }
    }
    let way = "hidden layers summed out from the bottom up"
    let left = distinct.indices.filter { found[$0] == nil }
    guard !left.isEmpty else { return (found.compactMap(\.self), way, states) }
    let others = try enumerated(
      left.map { distinct[$0] }, request,
      why: " with weights so large that all their settings must be compared")
    var compared = others.posteriors.makeIterator()
    return (
      found.compactMap { $0 ?? compared.next() },
      left.count == distinct.count ? others.way : way + "; or " + others.way,
      states + others.states
    )
  }
}
