import Probability

extension Drawing.Curves {
  /// Where a curve that calls itself a lower bound lies above what it bounds, in words.
  ///
  /// Looked at wherever either of them has a point and halfway between: on straight lines and
  /// treads nothing else can be the worst place.
  public var crossings: [String] {
    series.flatMap { bound -> [String] in
      guard case .bound(let name) = bound.role else { return [] }
      return crossings(of: bound, over: name)
    }
  }

  private func crossings(of bound: Drawing.Series, over name: String) -> [String] {
    let above: (Double) -> Double?
    var places = bound.places
    if let evidence = series.first(where: { $0.name == name }) {
      above = evidence.height(at:)
      places += evidence.places
    } else if let level = levels.first(where: { $0.name == name }) {
      above = { _ in level.height }
    } else {
      return ["“\(bound.name)” bounds “\(name)”, which is not drawn"]
    }
    places.sort()
    let halfway = zip(places, places.dropFirst()).map { $0 / 2 + $1 / 2 }
    return (places + halfway).sorted().compactMap { place in
      guard let low = bound.height(at: place), let high = above(place) else { return nil }
      let rounding = 1e-9 * (1 + abs(high))
      return low <= high + rounding
        ? nil
        : "“\(bound.name)” at \(Drawing.brief(place)) is \(Format.brief(low - high)) above “\(name)”"
    }
  }
}
