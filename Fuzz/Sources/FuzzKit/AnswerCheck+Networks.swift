import JSONText

/// What must hold of an answer to a random field, without knowing the right one.
extension AnswerCheck {
  /// One observation of nothing stands for a key that is left out.
  private var hasObservations: Bool { spec["observations"] != nil }

  mutating func network() {
    if let partition = answer["logPartition"] {
      require(partition.double?.isFinite ?? false, "logPartition")
    }
    guard hasObservations else { return }
    let sizes = (spec["variables"]?.elements ?? []).map { variable in
      variable["states"]?.double.map { Int($0) } ?? variable["states"]?.elements.count ?? 0
    }
    each("posteriorMarginals", canBeImpossible: true, isDiscrete: true) { check, _, part, place in
      guard case .object(let members) = part, members.count == sizes.count else {
        return check.require(false, "\(place) has another number of variables")
      }
      for (member, size) in zip(members, sizes) {
        check.distribution(member.value, count: size, "\(place).\(member.key)")
      }
    }
  }

  mutating func spins() {
    require(answer["logPartition"]?.double?.isFinite ?? false, "logPartition")
    guard hasObservations else { return }
    let count = spec["fields"]?.elements.count ?? 0
    each("posteriorMarginals", isDiscrete: true) { check, spins, part, place in
      let shares = check.probabilities(part, count: count, place)
      for (share, spin) in zip(shares, spins.elements) where spin != .null {
        let seen = spin.double == 1 ? 1.0 : 0
        check.require(abs(share - seen) <= 1e-9, "\(place): \(share) of a spin that was seen")
      }
    }
    for correlation in answer["edgeCorrelations"]?.allNumbers ?? [] {
      require(abs(correlation) <= 1 + 1e-9, "a correlation of \(correlation)")
    }
  }

  mutating func boltzmann() {
    require(answer["logPartition"]?.double?.isFinite ?? false, "logPartition")
    let count = spec["hiddenBias"]?.elements.count ?? 0
    each("posteriorMarginals", isDiscrete: true) { $0.probabilities($2, count: count, $3) }
  }
}
