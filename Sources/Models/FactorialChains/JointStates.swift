/// The joint states of several chains as numbers, the last chain fastest.
///
/// ```
/// number = (… (z_1 K_2 + z_2) K_3 + z_3 …)
/// ```
public struct JointStates: Sendable, Equatable {
  /// K_m, how many states each chain has.
  public let sizes: [Int]
  /// How far apart the numbers of neighbouring states of each chain are.
  public let strides: [Int]

  /// The joint states of chains of these sizes, whose product is a whole number.
  public init(_ sizes: [Int]) {
    self.sizes = sizes
    var (strides, stride) = (sizes, 1)
    for m in sizes.indices.reversed() {
      strides[m] = stride
      stride = stride.multipliedReportingOverflow(by: sizes[m]).partialValue
    }
    self.strides = strides
  }

  /// How many there are.
  public var count: Int { sizes.reduce(1, *) }

  /// The state of one chain.
  public func state(of chain: Int, in joint: Int) -> Int {
    joint / strides[chain] % sizes[chain]
  }

  /// The states of all chains.
  public func states(_ joint: Int) -> [Int] {
    sizes.indices.map { state(of: $0, in: joint) }
  }

  /// The same joint state with another state of one chain.
  public func moved(_ joint: Int, chain: Int, to state: Int) -> Int {
    joint + (state - self.state(of: chain, in: joint)) * strides[chain]
  }
}
