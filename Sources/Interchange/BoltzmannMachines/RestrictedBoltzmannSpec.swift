public import JSONText
public import Models

/// A restricted Boltzmann machine and settings of its visible units, as `"model":
/// "restricted-boltzmann-machine"` describes them.
public struct RestrictedBoltzmannSpec: Sendable, Equatable {
  /// The machine.
  public let machine: RestrictedBoltzmannMachine
  /// Settings of the visible units.
  public let observations: [[Bool]]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: ["model", "visibleBias", "hiddenBias", "weights", "observations"])
    let visible = try place.member("visibleBias").numbers()
    let hidden = try place.member("hiddenBias").numbers()
    let weights = try place.member("weights").matrix(rows: visible.count, columns: hidden.count)
    machine = try place.making { () throws(ModelError) in
      try RestrictedBoltzmannMachine(visibleBias: visible, hiddenBias: hidden, weights: weights)
    }
    observations = try place.member("observations").each { place throws(PlaceError) in
      try place.integers(count: visible.count, in: 0...1).map { $0 == 1 }
    }
  }
}
