public import _Differentiation

/// A value whose numbers an optimiser may change.
///
/// A struct of parameters names its parts once, in the order in which they appear in the flat list;
/// everything else follows. Its gradient may be the tangent that the compiler synthesizes.
///
/// ```swift
/// struct Encoder: Parameters {
///   var hidden: Linear
///   var output: Linear
///
///   mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
///     hidden.visit(&tour, beside: direction.hidden)
///     output.visit(&tour, beside: direction.output)
///   }
/// }
/// ```
public protocol Parameters: Differentiable, Sendable {
  /// Shows every part to the tour, beside the same part of a direction.
  mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector)
}

extension Parameters {
  /// All numbers in one list.
  public var flat: [Double] { toured(beside: .zero).numbers }

  /// The number of numbers.
  public var parameterCount: Int { flat.count }

  /// A direction or gradient as a list in the order of `flat`, zeros filled in.
  public func flat(_ direction: TangentVector) -> [Double] {
    toured(beside: direction).directions
  }

  /// Adds a list of changes in the order of `flat`; all numbers become NaN if it has another length.
  public mutating func add(_ changes: [Double]) {
    assign(zip(flat, changes).map { $0 + $1 }, given: changes.count)
  }

  /// Exchanges all numbers for those of a list in the order of `flat`; for NaN if there are not as
  /// many.
  public mutating func assign(_ values: [Double]) {
    assign(values, given: values.count)
  }

  private func toured(beside direction: TangentVector) -> ParameterTour {
    var (copy, tour) = (self, ParameterTour())
    copy.visit(&tour, beside: direction)
    return tour
  }

  private mutating func assign(_ values: [Double], given: Int) {
    let needed = parameterCount
    let replacements = given == needed ? values : Array(repeating: .nan, count: needed)
    var tour = ParameterTour(assigning: replacements)
    visit(&tour, beside: .zero)
  }
}

/// A walk through the numbers of a struct of parameters that collects or exchanges them.
public struct ParameterTour: Sendable {
  /// The numbers seen so far.
  private(set) var numbers: [Double] = []
  /// The components of the direction beside them.
  private(set) var directions: [Double] = []
  /// What to put in place of the numbers, or nothing when they are only read.
  private let replacements: [Double]?

  init(assigning replacements: [Double]? = nil) {
    self.replacements = replacements
  }

  mutating func visit(_ entries: inout [Double], beside direction: [Double]) {
    if let replacements {
      let place = numbers.count
      entries.replaceSubrange(
        entries.indices, with: replacements[place..<place + entries.count])
    }
    numbers += entries
    directions += direction
  }
}

// MARK: The leaves

extension Entrywise {
  /// The components of a direction in these places: zeros where it has none, NaN if it does not fit.
  fileprivate func directions(beside direction: Self) -> [Double] {
    let filled = direction.filled(like: self)
    return (hasShape(of: filled) ? filled : withoutNumbers).array
  }
}

extension Vector: Parameters {
  /// Shows the entries to the tour.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: Vector) {
    tour.visit(&array, beside: directions(beside: direction))
  }
}

extension Matrix: Parameters {
  /// Shows the entries to the tour, row after row.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: Matrix) {
    tour.visit(&array, beside: directions(beside: direction))
  }
}

extension Double: Parameters {
  /// Shows the number to the tour.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: Double) {
    var entry = [self]
    tour.visit(&entry, beside: [direction])
    self = entry[0]
  }
}
