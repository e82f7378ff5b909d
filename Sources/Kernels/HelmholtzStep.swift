internal import CKernels

/// Layers of binary units with weights both ways, and a batch of states: what a step of wake-sleep
/// works on, allocating nothing.
///
/// Layer 0 is observed, the last one is the top. In memory the rows of a layer are filled up to whole
/// vectors with zeros, which nothing moves.
public struct HelmholtzStep: Sendable {
  /// A layer's weights, a row a unit that is read, and its biases.
  public typealias Layer = (weights: [[Double]], bias: [Double])

  /// The number of units of each layer, the observed one first.
  public let units: [Int]
  /// The number of patterns that a step looks at.
  public let batch: Int
  private var parameters: [Double]
  private var memory: [Double]
  private var uniforms: [Double]

  /// More layers than these are no work for the kernel.
  public static let mostLayers = 8

  /// A machine in memory; nil where its shapes do not fit each other.
  ///
  /// - Parameters:
  ///   - down: what each layer is predicted by, the observed one first; the top has biases alone.
  ///   - up: how each layer above the observed one is recognised.
  ///   - batch: the number of patterns of a step.
  public init?(down: [Layer], up: [Layer], batch: Int) {
    let units = down.map(\.bias.count)
    guard batch > 0, units.count > 1, units.count <= Self.mostLayers, up.count == units.count - 1,
      units.allSatisfy({ $0 < 1 << 16 })
    else { return nil }
    var parameters: [Double] = []
    for (number, layer) in down.enumerated() {
      let sources = number + 1 < units.count ? units[number + 1] : 0
      guard layer.weights.count == sources else { return nil }
      guard parameters.append(layer, width: units[number]) else { return nil }
    }
    for (number, layer) in up.enumerated() {
      guard layer.weights.count == units[number], layer.bias.count == units[number + 1],
        parameters.append(layer, width: units[number + 1])
      else { return nil }
    }
    let widths = units.map(padded)
    let states = widths.reduce(0, +) + widths[0] + (widths.max() ?? 0)
    self.units = units
    self.batch = batch
    self.parameters = parameters
    memory = Array(repeating: 0, count: batch * states)
    uniforms = Array(repeating: 0.5, count: batch * (2 * widths.reduce(0, +) - widths[0]))
  }

  /// Puts a pattern into the batch.
  public mutating func setPattern(_ number: Int, _ pattern: [Bool]) {
    guard (0..<batch).contains(number), pattern.count == units[0] else { return }
    let start = number * padded(units[0])
    for (unit, isOn) in pattern.enumerated() { memory[start + unit] = isOn ? 1 : 0 }
  }

  /// One step of both phases, with numbers uniform on (0, 1) from a source that is asked in the order
  /// of layers: up from the first hidden one awake, down from the top asleep, each pattern by pattern.
  public mutating func step(rate: Double, _ uniform: () -> Double) {
    var place = 0
    for layer in Array(1..<units.count) + units.indices.reversed() {
      let width = padded(units[layer])
      for pattern in 0..<batch {
        let start = place + pattern * width
        for unit in 0..<units[layer] { uniforms[start + unit] = uniform() }
      }
      place += batch * width
    }
    unsafe kernel_helmholtz_step(
      Int32(units.count - 1), units, batch, rate, &parameters, &memory, uniforms)
  }

  /// The layers as they are now, in the order in which they were given.
  public var layers: (down: [Layer], up: [Layer]) {
    var rest = parameters[...]
    func take(rows: Int, columns: Int) -> Layer {
      func row() -> [Double] {
        defer { rest = rest.dropFirst(padded(columns)) }
        return Array(rest.prefix(columns))
      }
      let weights = (0..<rows).map { _ in row() }
      return (weights, row())
    }
    let down = units.indices.map { layer in
      take(rows: layer + 1 < units.count ? units[layer + 1] : 0, columns: units[layer])
    }
    let up = (1..<units.count).map { take(rows: units[$0 - 1], columns: units[$0]) }
    return (down, up)
  }
}

/// A length filled up to whole vectors.
private func padded(_ count: Int) -> Int { (count + 7) / 8 * 8 }

extension [Double] {
  /// Appends a layer row by row, each filled up; false where a row has another length.
  fileprivate mutating func append(_ layer: HelmholtzStep.Layer, width: Int) -> Bool {
    for row in layer.weights + [layer.bias] {
      guard row.count == width else { return false }
      append(contentsOf: row)
      append(contentsOf: repeatElement(0, count: padded(width) - width))
    }
    return true
  }
}
