internal import CKernels

/// Points in memory, and one pass over them for a mixture of Gaussians: responsibilities from a
/// quadratic form for each component, and the sums that they weigh.
///
/// A component is a list of numbers, of which there are as many as sums of it:
///
/// ```
/// c, m, U by rows, a lower triangle             score(x) = c − ½ |U (x − m)|²
/// Σ r, Σ r (x − m), the lower triangle of Σ r (x − m)(x − m)ᵀ by rows
/// ```
public struct MixturePass: Sendable {
  /// The number of points.
  public let count: Int
  /// d.
  public let dimension: Int
  /// K.
  public let components: Int
  private let blocks: Int
  private let points: [Double]
  private let weights: [Double]
  private var shares: [Double]
  private var memory: [Double]

  /// Points of more dimensions are no work for the kernel.
  public static let mostDimensions = 8
  private static let block = 64

  /// Numbers of a component: 1 + d + d (d + 1)/2.
  public var size: Int { 1 + dimension + dimension * (dimension + 1) / 2 }

  /// Points in memory; nil where they are not of one dimension from 1 to 8.
  public init?(points: [[Double]], components: Int) {
    guard let dimension = points.first?.count, (1...Self.mostDimensions).contains(dimension),
      (1..<(1 << 16)).contains(components), points.allSatisfy({ $0.count == dimension })
    else { return nil }
    let (count, block) = (points.count, Self.block)
    let blocks = (count + block - 1) / block
    var laid = [Double](repeating: 0, count: blocks * block * dimension)
    var weights = [Double](repeating: 0, count: blocks * block)
    for (n, point) in points.enumerated() {
      weights[n] = 1
      for (i, value) in point.enumerated() {
        laid[(n / block * dimension + i) * block + n % block] = value
      }
    }
    (self.count, self.dimension, self.components) = (count, dimension, components)
    (self.blocks, self.points, self.weights) = (blocks, laid, weights)
    shares = [Double](repeating: 0, count: blocks * block * components)
    memory = []
    memory = [Double](repeating: 0, count: 8 * components * size)
  }

  /// r_nk = softmax of the scores; the sums of every component about its m, one after the other, and
  /// Σ_n log Σ_k exp score.
  ///
  /// `keeping` where ``responsibilities`` are to be those of this pass.
  public mutating func pass(
    _ forms: [Double], keeping: Bool = false
  ) -> (sums: [Double], logNormaliser: Double) {
    run(forms, given: false, ofBlock: keeping ? components * Self.block : 0)
  }

  /// The sums for responsibilities that are given, a row a point; of the forms only the m count.
  public mutating func sums(_ forms: [Double], responsibilities rows: [[Double]]) -> [Double] {
    guard rows.count == count, rows.allSatisfy({ $0.count == components }) else {
      return [Double](repeating: .nan, count: components * size)
    }
    for (n, row) in rows.enumerated() {
      for (k, share) in row.enumerated() { shares[place(n, k)] = share }
    }
    return run(forms, given: true, ofBlock: components * Self.block).sums
  }

  /// r_nk of the last pass that kept them, a row a point.
  public var responsibilities: [[Double]] {
    (0..<count).map { n in (0..<components).map { shares[place(n, $0)] } }
  }

  private func place(_ n: Int, _ k: Int) -> Int {
    (n / Self.block * components + k) * Self.block + n % Self.block
  }

  private mutating func run(
    _ forms: [Double], given: Bool, ofBlock: Int
  ) -> (sums: [Double], logNormaliser: Double) {
    var sums = [Double](repeating: .nan, count: components * size)
    guard forms.count == sums.count else { return (sums, .nan) }
    let total = unsafe kernel_mixture(
      Int32(dimension), blocks, Int32(components), given ? 1 : 0, points, weights, forms, &shares,
      ofBlock, &memory, &sums)
    return (sums, total)
  }
}
