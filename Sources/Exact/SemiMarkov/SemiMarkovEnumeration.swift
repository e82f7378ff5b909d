import GSL
public import Models

extension SemiMarkovSlopes {
  /// The same slopes from all segmentations.
  ///
  /// What is emitted is visited a second time for each value that a state excludes, with that value allowed.
  public mutating func addEnumerated(_ sequence: SemiMarkovSequence) throws {
    let model = sequence.model
    var logEvidence = try sequence.visitedSegmentations.doubledLogEvidence
    guard !logEvidence.isLogOfZero else { return }
    logEvidence -= DoubleDouble(sequence.logScale)
    let (states, longest) = (model.stateCount, model.longest)
    var slopes = EntrySlopes(
      states * (1 + states + 2 * longest), logEvidence: logEvidence)
    let (moves, stays, lasts) = (states, states + states * states, states * (1 + states + longest))
    try sequence.forEachSegmentation { segments in
      var factors: [(entry: Int, logValue: Double)] = []
      var rest = CompensatedSum()
      for (n, segment) in segments.enumerated() {
        let (k, isLast) = (segment.state, segment.end == sequence.length)
        if n == 0 {
          factors.append((k, log(model.initial[k])))
        } else {
          let j = segments[n - 1].state
          factors.append((moves + j * states + k, log(model.transition[j][k])))
        }
        let law = model.durationLaw(k, segment.length, isLast: isLast)
        factors.append(
          ((isLast ? lasts : stays) + k * longest + segment.length - 1, log(law)))
        for t in segment.start..<segment.end { rest += sequence.logEmissions[t][k] }
      }
      slopes.add(factors, logRest: rest)
    }
    let found = slopes.slopes
    for k in 0..<states {
      initial[k] += found[k]
      for j in 0..<states { transition[j][k] += found[moves + j * states + k] }
      for d in 1...longest {
        let segment = StateSegment(state: k, start: 0, length: d)
        addDuration(segment, found[stays + k * longest + d - 1], isLast: false, model)
        addDuration(segment, found[lasts + k * longest + d - 1], isLast: true, model)
      }
    }
    let posterior = try SemiMarkovPosterior.enumerated(of: sequence)
    for (t, shares) in (posterior.stateMarginals ?? []).enumerated() {
      addEmissions(sequence, t, shares: shares) { k, logEmission in
        var terms = LogTally<DoubleDouble>()
        try? sequence.forEachSegmentation { segments in
          guard segments.contains(where: { $0.state == k && $0.start <= t && t < $0.end }) else {
            return
          }
          terms.add(sequence.logWeight(of: segments, replacing: t, by: logEmission).doubled)
        }
        let total = terms.doubledLogTotal
        return total.isLogOfZero ? -.infinity : total.minus(logEvidence)
      }
    }
  }
}

extension SemiMarkovSequence {
  /// log p(segments, x) − logScale with another log emission of one step.
  fileprivate func logWeight(
    of segments: [StateSegment], replacing step: Int, by logEmission: Double
  ) -> CompensatedSum {
    var total = CompensatedSum()
    for (n, segment) in segments.enumerated() {
      let isLast = segment.end == length
      total += log(model.durationLaw(segment.state, segment.length, isLast: isLast))
      total +=
        n == 0
        ? log(model.initial[segment.state])
        : log(model.transition[segments[n - 1].state][segment.state])
      for t in segment.start..<segment.end {
        total += t == step ? logEmission : logEmissions[t][segment.state]
      }
    }
    return total
  }
}
