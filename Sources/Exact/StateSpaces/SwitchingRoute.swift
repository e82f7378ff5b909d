import GSL
public import Models
import Probability

extension SwitchingPosterior: Posterior {}

extension ExactAnswers where Answer == SwitchingPosterior {
  /// Sums over all K^T paths of the chain, filtering those together that begin alike, or each for
  /// itself.
  public init(
    of sequences: [SwitchingSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isDense = request.route == .bruteForce
    let paths = sequences.reduce(0) { $0 + SwitchingPosterior.pathCount(of: $1) }
    let longest = sequences.map(\.length).max() ?? 0
    let modes = sequences.first?.system.modeCount ?? 0
    try request.require(paths, "observations: \(modes) states over up to \(longest) steps")
    let dense = isDense ? try request.denseTotals(sequences, paths) : []
    var (posteriors, done): ([SwitchingPosterior], Double) = ([], 0)
    var isDoubled = false
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let before = done
      let progress: PathProgress = { request.progress?(before + $0, paths) }
      if isDense {
        posteriors.append(SwitchingPosterior(dense[index], of: sequence))
      } else {
        let (posterior, digits) = try SwitchingPosterior.byTree(
          sequence, place, request, progress: progress)
        posteriors.append(posterior)
        if digits == .thirtyTwo { isDoubled = true }
      }
      guard posteriors[index].isFinite else { throw .overflow(place) }
      if isDense, !(dense[index].bound <= StateSpacePosterior.promised) {
        throw .unfit(
          place, "32 digits of its dense laws do not tell the paths apart", instead: .structured,
          "needs fewer")
      }
      try sequence.requireCovariances(for: posteriors[index], at: place)
      done += SwitchingPosterior.pathCount(of: sequence)
    }
    self.posteriors = posteriors
    route = isDense ? .bruteForce : .structured
    way =
      isDense
      ? "a dense normal law of all outputs for each path of the chain"
      : "all paths of the chain, one filter step for those that begin alike"
        + (isDoubled ? ", with 32 digits" : "")
    let work = posteriors.reduce(0) { $0 + Double($1.work) }
    self.work = [("states", paths), (isDense ? "normal laws" : "filter steps", work)]
  }
}

extension ExactAnswers where Answer == SwitchingPosterior {
  /// The sums over all paths with a dense normal law each, to be shared out.
  public static func sharedSums(
    of sequences: [SwitchingSequence], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let paths = sequences.reduce(0) { $0 + SwitchingPosterior.pathCount(of: $1) }
    try request.require(paths, "observations: \(sequences.map(\.length).max() ?? 0) steps")
    for (index, sequence) in sequences.enumerated() {
      try request.requireDense(
        SwitchingPosterior.denseEntries(of: sequence), "observations[\(index)]")
    }
    return SharedSums(sequences.map { SwitchingPosterior.tree(of: $0) }, states: paths)
  }
}

extension ExactRequest {
  /// The dense sum of each sequence.
  fileprivate func denseTotals(
    _ sequences: [SwitchingSequence], _ paths: Double
  ) throws(ExactRefusal) -> [DenseTotals] {
    var all: [DenseTotals] = []
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      try requireDense(SwitchingPosterior.denseEntries(of: sequence), place)
      do {
        let tree = SwitchingPosterior.tree(of: sequence)
        all.append(try total(tree, index, of: sequences.count, states: paths))
      } catch let error as GSLError {
        throw refusal(error, place)
      } catch {
        throw error as? ExactRefusal ?? .foreign(.unfit)
      }
    }
    return all
  }
}

extension SwitchingPosterior {
  /// The tree of paths, with as many digits as it takes.
  ///
  /// What decides between paths is a difference of their logarithms, so that these may be off by what is
  /// promised, however large they are. Noise of outputs that is small makes them large.
  fileprivate static func byTree(
    _ sequence: SwitchingSequence, _ place: String, _ request: ExactRequest,
    progress: @escaping PathProgress
  ) throws(ExactRefusal) -> (SwitchingPosterior, ExactDigits) {
    let plain = SwitchingPosterior(of: sequence, progress: progress)
    guard plain.isFinite else { throw .overflow(place) }
    if request.digits != .thirtyTwo {
      if plain.error(of: sequence) <= StateSpacePosterior.promised { return (plain, .sixteen) }
      if request.digits == .sixteen { throw .lossy(place) }
    }
    let doubled = SwitchingPosterior(doubled: sequence, progress: progress)
    let (found, before) = (doubled.logEvidence.value, plain.logEvidence.value)
    // What 2⁻⁵³ does, 2⁻¹⁰⁴ does to a share of 2⁻⁵¹; a thousand times that is still to be too little
    // to tell paths apart. Logarithms may agree to the last bit by chance, so that bit counts as well.
    let distance = abs(found - before)
    let rounding = 0x1p-41 * (distance + 8 * Double.ulpOfOne * abs(found))
    guard distance <= StateSpacePosterior.largestDistance * max(1, abs(found)),
      rounding <= StateSpacePosterior.promised
    else { throw .undecided(place, "its outputs are too large beside their noise") }
    return (doubled, .thirtyTwo)
  }

  /// The most that the logarithm of a path can be off by.
  private func error(of sequence: SwitchingSequence) -> Double {
    let systems = sequence.system.systems
    let errors = StateSpaceErrors(systems, sequence.observations, seen: sequence.seen)
    let misfit = errors.misfit(atLogEvidence: logEvidence.value)
    let sizes = sequence.system.largestMeans(steps: sequence.length, misfit: misfit)
    let error = errors.ofEvidence(
      misfit: misfit, shift: errors.shift(meanSizes: sizes), factorsStates: true)
    let dimension = Double(systems[0].stateCount + systems[0].outputCount)
    let size = misfit + abs(logEvidence.value) + Double(sequence.length)
    return error + 4 * dimension * Double.ulpOfOne * size
  }
}

extension SwitchingLinearDynamicalSystem {
  /// How large a mean on the way can be: off by √(q V) from what it is before anything is seen.
  fileprivate func largestMeans(steps: Int, misfit: Double) -> [Double] {
    let system = systems[0]
    var mean = system.initialMean.map(\.magnitude)
    var variance = mean.indices.map { system.initialCovariance[$0][$0] }
    var largest = [Double](repeating: 0, count: mean.count)
    for step in 0..<max(1, steps) {
      if step > 0 {
        (mean, variance) = (
          mean.indices.map { i in
            systems.map { system in
              mean.indices.reduce(0.0) { $0 + system.dynamics[i][$1].magnitude * mean[$1] }
            }.max() ?? 0
          },
          mean.indices.map { i in
            systems.map { system in
              let deviation = mean.indices.reduce(0.0) {
                $0 + system.dynamics[i][$1].magnitude * sqrt(variance[$1])
              }
              return deviation * deviation + system.dynamicsNoise[i][i]
            }.max() ?? 0
          }
        )
      }
      for i in mean.indices {
        largest[i] = max(largest[i], mean[i] + sqrt(misfit * variance[i]))
      }
    }
    return largest
  }
}
