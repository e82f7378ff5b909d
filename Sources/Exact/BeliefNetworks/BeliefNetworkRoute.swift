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
    var places: [[Bool]: Int] = [:]
    var distinct: [[Bool]] = []
    for observation in observations where places[observation] == nil {
      places[observation] = distinct.count
      distinct.append(observation)
    }
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

private typealias Found = (posteriors: [BeliefNetworkPosterior], way: String, states: Double)

extension SigmoidBeliefNetwork {
  /// Every setting of all hidden units; those of one layer by a kernel, if that is allowed.
  fileprivate func enumerated(
    _ distinct: [[Bool]], _ request: ExactRequest, factorising: Bool = false, why: String = ""
  ) throws(ExactRefusal) -> Found {
    let units = hiddenUnitCounts.reduce(0, +)
    let (each, all) = (hiddenStateCount, hiddenStateCount * Double(distinct.count))
    try request.require(max(each, all), "layers: \(units) hidden units\(why)")
    var (posteriors, factorised) = ([BeliefNetworkPosterior](), 0)
    for observation in distinct {
      let before = Double(posteriors.count) * each
      let progress = { request.progress?(before + $0, all) ?? () }
      if factorising,
        let posterior = BeliefNetworkPosterior(factorising: self, observation, progress: progress)
      {
        posteriors.append(posterior)
        factorised += 1
        continue
      }
      posteriors.append(
        try fitting { () throws(ModelError) in
          try BeliefNetworkPosterior(enumerating: self, observation, progress: progress)
        })
    }
    let hidden = layers.count == 1 ? "the top units" : "all hidden units"
    let way =
      factorised > 0 && factorised == posteriors.count
      ? "exponentials factorised over two parts of them" : "one by one"
    return (posteriors, "sum over all \(countText(each)) settings of \(hidden), \(way)", all)
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
