import GSL
public import Models

/// The slopes of the log evidence of driven sequences, by every parameter of their system and in its shape.
///
/// Every entry of a covariance counts for itself: d log p = Σ_ij slope_ij dΣ_ij. Where Σ_ij and Σ_ji move together,
/// which they must in a covariance, both slopes are added, and they are equal.
public struct StateSpaceSlopes: Sendable {
  /// By the mean and the covariance of x_0.
  public private(set) var initialMean: [Double], initialCovariance: [[Double]]
  /// By what happens to a state.
  public private(set) var dynamics: OverTime<[[Double]]>, dynamicsNoise: OverTime<[[Double]]>
  /// By how it is seen.
  public private(set) var emission: OverTime<[[Double]]>, emissionNoise: OverTime<[[Double]]>
  /// By what is added; nil where the system adds nothing.
  public private(set) var dynamicsOffset: OverTime<[Double]>?, emissionOffset: OverTime<[Double]>?
  /// By what inputs are multiplied with; nil where the system has none.
  public private(set) var inputMatrix: [[Double]]?, feedthrough: [[Double]]?

  /// Nothing yet.
  public init(zeroLike system: DrivenLinearSystem) {
    func zero(_ rows: [[Double]]) -> [[Double]] { rows.map { $0.map { _ in 0 } } }
    initialMean = system.initialMean.map { _ in 0 }
    initialCovariance = zero(system.initialCovariance)
    dynamics = system.dynamics.mapped(zero)
    dynamicsNoise = system.dynamicsNoise.mapped(zero)
    emission = system.emission.mapped(zero)
    emissionNoise = system.emissionNoise.mapped(zero)
    dynamicsOffset = system.dynamicsOffset?.mapped { $0.map { _ in 0 } }
    emissionOffset = system.emissionOffset?.mapped { $0.map { _ in 0 } }
    inputMatrix = system.inputMatrix.map(zero)
    feedthrough = system.feedthrough.map(zero)
  }

  /// Every slope, one parameter after the other.
  var numbers: [Double] {
    func all<Value>(_ value: OverTime<Value>?, _ flat: (Value) -> [Double]) -> [Double] {
      switch value {
      case .constant(let value): flat(value)
      case .steps(let values): values.flatMap(flat)
      case nil: []
      }
    }
    var numbers = initialMean + Array(initialCovariance.joined())
    for matrix in [dynamics, dynamicsNoise, emission, emissionNoise] {
      numbers += all(matrix) { Array($0.joined()) }
    }
    for vector in [dynamicsOffset, emissionOffset] { numbers += all(vector) { $0 } }
    for matrix in [inputMatrix ?? [], feedthrough ?? []] { numbers += Array(matrix.joined()) }
    return numbers
  }

  /// Adds the slopes by the law of x_0.
  mutating func addStart(mean: [DoubleDouble], covariance: DoubledMatrix) {
    for (i, slope) in mean.enumerated() { initialMean[i] += slope.high }
    accumulate(covariance, to: &initialCovariance)
  }

  /// Adds the slopes by what happened to x_t; an input moves what an offset moves.
  mutating func addStep(
    _ t: Int, of sequence: DrivenSequence, dynamics: DoubledMatrix, noise: DoubledMatrix,
    offset: [DoubleDouble]
  ) {
    self.dynamics.change(at: t) { accumulate(dynamics, to: &$0) }
    dynamicsNoise.change(at: t) { accumulate(noise, to: &$0) }
    dynamicsOffset?.change(at: t) { vector in
      for (i, slope) in offset.enumerated() { vector[i] += slope.high }
    }
    if var matrix = inputMatrix {
      accumulate(outer(offset, sequence.inputs[t].map { DoubleDouble($0) }), to: &matrix)
      inputMatrix = matrix
    }
  }

  /// Adds the slopes by how x_t was seen.
  mutating func addView(
    _ t: Int, of sequence: DrivenSequence, emission: DoubledMatrix, noise: DoubledMatrix,
    offset: [DoubleDouble]
  ) {
    self.emission.change(at: t) { accumulate(emission, to: &$0) }
    emissionNoise.change(at: t) { accumulate(noise, to: &$0) }
    emissionOffset?.change(at: t) { vector in
      for (i, slope) in offset.enumerated() { vector[i] += slope.high }
    }
    if var matrix = feedthrough {
      accumulate(outer(offset, sequence.inputs[t].map { DoubleDouble($0) }), to: &matrix)
      feedthrough = matrix
    }
  }

  /// Adds the slopes of another sequence of the same system.
  public mutating func add(_ other: StateSpaceSlopes) {
    func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
    func sums(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { zip(a, b).map(sum) }
    initialMean = sum(initialMean, other.initialMean)
    initialCovariance = sums(initialCovariance, other.initialCovariance)
    dynamics = dynamics.joined(other.dynamics, sums)
    dynamicsNoise = dynamicsNoise.joined(other.dynamicsNoise, sums)
    emission = emission.joined(other.emission, sums)
    emissionNoise = emissionNoise.joined(other.emissionNoise, sums)
    dynamicsOffset = dynamicsOffset.flatMap { own in
      other.dynamicsOffset.map { own.joined($0, sum) }
    }
    emissionOffset = emissionOffset.flatMap { own in
      other.emissionOffset.map { own.joined($0, sum) }
    }
    inputMatrix = inputMatrix.flatMap { own in other.inputMatrix.map { sums(own, $0) } }
    feedthrough = feedthrough.flatMap { own in other.feedthrough.map { sums(own, $0) } }
  }
}

private func accumulate(_ slopes: DoubledMatrix, to rows: inout [[Double]]) {
  for i in rows.indices { for j in rows[i].indices { rows[i][j] += slopes[i, j].high } }
}

extension OverTime {
  fileprivate func mapped(_ change: (Value) -> Value) -> OverTime {
    switch self {
    case .constant(let value): .constant(change(value))
    case .steps(let values): .steps(values.map(change))
    }
  }

  fileprivate mutating func change(at step: Int, _ change: (inout Value) -> Void) {
    switch self {
    case .constant(var value):
      change(&value)
      self = .constant(value)
    case .steps(var values):
      change(&values[step])
      self = .steps(values)
    }
  }

  fileprivate func joined(_ other: OverTime, _ join: (Value, Value) -> Value) -> OverTime {
    switch (self, other) {
    case (.constant(let a), .constant(let b)): .constant(join(a, b))
    case (.steps(let a), .steps(let b)): .steps(zip(a, b).map(join))
    default: self
    }
  }
}

/// a·bᵀ.
func outer(_ a: [DoubleDouble], _ b: [DoubleDouble]) -> DoubledMatrix {
  var product = DoubledMatrix(zeros: a.count, b.count)
  for i in a.indices { for j in b.indices { product[i, j] = a[i] * b[j] } }
  return product
}

extension DoubledMatrix {
  static func - (left: DoubledMatrix, right: DoubledMatrix) -> DoubledMatrix {
    var difference = left
    for index in difference.entries.indices { difference.entries[index] -= right.entries[index] }
    return difference
  }

  /// The matrix times a number.
  func scaled(by factor: Double) -> DoubledMatrix {
    var scaled = self
    for index in scaled.entries.indices {
      scaled.entries[index] = DoubleDouble(factor) * scaled.entries[index]
    }
    return scaled
  }

  /// A block of rows and columns.
  func block(_ rows: Range<Int>, _ columns: Range<Int>) -> DoubledMatrix {
    selected(rows: Array(rows), columns: Array(columns))
  }
}
