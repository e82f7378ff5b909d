public import Probability

extension Drawing {
  /// What a random vector may be, in the plane: outcomes, their mean, and what it should be.
  public struct Cloud: Sendable, Equatable {
    /// A value and its probability.
    public struct Outcome: Sendable, Equatable {
      /// The first component.
      public let x: Double
      /// The second component.
      public let y: Double
      /// Its probability.
      public let probability: Double

      /// An outcome.
      public init(_ x: Double, _ y: Double, _ probability: Double) {
        self.x = x
        self.y = y
        self.probability = probability
      }
    }

    /// One random vector.
    public struct Panel: Sendable, Equatable {
      /// What it is.
      public let name: String
      /// What it may be.
      public let outcomes: [Outcome]

      /// A random vector with its outcomes; probabilities are not normalised.
      public init(_ name: String, _ outcomes: [Outcome]) {
        self.name = name
        self.outcomes = outcomes.filter {
          $0.x.isFinite && $0.y.isFinite && $0.probability.isFinite && $0.probability > 0
        }
      }

      /// The expectation.
      public var mean: (x: Double, y: Double) {
        outcomes.reduce((0, 0)) {
          ($0.0 + $1.probability * $1.x, $0.1 + $1.probability * $1.y)
        }
      }

      /// Outcomes that are the same to the eye, as one.
      func gathered(_ digits: Double) -> [Outcome] {
        var gathered: [Outcome] = []
        for outcome in outcomes {
          let same = gathered.firstIndex {
            abs($0.x - outcome.x) < digits && abs($0.y - outcome.y) < digits
          }
          if let same {
            let old = gathered[same]
            gathered[same] = Outcome(old.x, old.y, old.probability + outcome.probability)
          } else {
            gathered.append(outcome)
          }
        }
        return gathered
      }
    }

    /// The random vectors, on one scale.
    public let panels: [Panel]
    /// What the mean should be.
    public let exact: Outcome
    /// What the components are.
    public let axes: [String]

    /// Whether the second component is nothing: points in a row.
    var isRow: Bool { exact.y == 0 && panels.allSatisfy { $0.outcomes.allSatisfy { $0.y == 0 } } }

    /// The corners of what is drawn: outcomes, means, the exact value and the origin.
    var frame: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
      let all = panels.flatMap(\.outcomes) + [exact, Outcome(0, 0, 1)]
      let (xs, ys) = (all.map(\.x), all.map(\.y))
      return ((xs.min() ?? 0)...(xs.max() ?? 0), (ys.min() ?? 0)...(ys.max() ?? 0))
    }

    /// The largest probability of one place.
    var largest: Double {
      let (x, y) = frame
      let grain = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound) / 1000
      return panels.flatMap { $0.gathered(grain).map(\.probability) }.max() ?? 1
    }

    /// The mean of a panel, in words.
    func meanText(_ panel: Panel) -> String { "mean " + point(panel.mean.x, panel.mean.y) }

    func point(_ x: Double, _ y: Double) -> String {
      let (x, y) = (Format.fixed(x, decimals: 3), Format.fixed(y, decimals: 3))
      return isRow ? x : "(\(x), \(y))"
    }
  }

  /// Random vectors as clouds of outcomes, each with its mean beside the exact value.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - panels: the random vectors, drawn on one scale.
  ///   - exact: what their means should be.
  ///   - axes: what the components are.
  ///   - kind: what the numbers are.
  ///   - caption: what to notice.
  /// - Returns: the picture, with a legend.
  public static func cloud(
    _ title: String, _ panels: [Cloud.Panel], exact: (x: Double, y: Double),
    axes: (x: String, y: String), kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    let cloud = Cloud(
      panels: panels, exact: Cloud.Outcome(exact.x, exact.y, 1), axes: [axes.x, axes.y])
    return Picture(title: title, .cloud(cloud), kind: kind, caption: caption)
  }
}
