public import GSL
public import Models
import Probability

// The brute-force twin of the filters: one dense normal law of all outputs for each of the K^T paths.

extension SwitchingPosterior {
  /// The same answer from all K^T paths, each for itself.
  public static func enumerated(
    of sequence: SwitchingSequence
  ) throws(GSLError) -> SwitchingPosterior {
    try SwitchingPosterior(DenseTotals(of: sequence, 0..<pathNumbers(of: sequence)), of: sequence)
  }

  /// The sum over all paths in leaves.
  static func tree(of sequence: SwitchingSequence) -> LeafTree<DenseTotals> {
    let paths = pathNumbers(of: sequence)
    let leaves = leafCount(of: Double(paths))
    let parts = sequence.system.modeCount * sequence.length
    return LeafTree(leaves: leaves, isOwn: { $0.tally.partCount == parts }) {
      try DenseTotals(of: sequence, leafStates($0, of: leaves, among: paths))
    }
  }

  /// The answer, from that sum.
  init(_ totals: DenseTotals, of sequence: SwitchingSequence) {
    let paths = PathTotals<DoubleDouble>(
      modes: sequence.system.modeCount, length: sequence.length, totals.tally)
    self = paths.posterior(work: totals.laws) {
      totals.bound + 64 * Double.ulpOfOne * max(1, abs($0))
    }
  }

  private static func pathNumbers(of sequence: SwitchingSequence) -> Int {
    Int(min(max(1, pathCount(of: sequence)), 0x1p62))
  }
}

/// What some of the paths add up to, how many normal laws that took, and the worst of their roundings.
struct DenseTotals: LeafSum {
  private(set) var tally: LogTally<DoubleDouble>
  private(set) var laws: Int
  private(set) var bound: Double

  /// Visits the paths of some numbers; one of probability zero is left out.
  init(of sequence: SwitchingSequence, _ numbers: Range<Int>) throws(GSLError) {
    let system = sequence.system
    var totals = PathTotals<DoubleDouble>(modes: system.modeCount, length: sequence.length)
    var (laws, bound) = (0, 0.0)
    try forEachPath(states: system.modeCount, length: sequence.length, in: numbers) {
      path throws(GSLError) in
      let prior = system.logPrior(path)
      guard let prior else { return }
      let (evidence, error) = try DenseStateSpace(
        start: system.systems[0], steps: path.dropFirst().map { system.systems[$0] },
        observations: sequence.observations, seen: sequence.seen
      ).logEvidence()
      totals.add(prior + evidence, path: path)
      bound = max(bound, error)
      laws += 1
    }
    (tally, self.laws, self.bound) = (totals.tally, laws, bound)
  }

  mutating func add(_ next: DenseTotals) {
    tally.add(next.tally)
    laws += next.laws
    bound = max(bound, next.bound)
  }

  var numbers: [Double] { [Double(laws), bound] + tally.numbers }

  init?(numbers: [Double]) {
    guard numbers.count > 2, let laws = Int(exactly: numbers[0]),
      (0...mostVisited).contains(laws),
      let tally = LogTally<DoubleDouble>(numbers: Array(numbers.dropFirst(2)))
    else { return nil }
    (self.laws, bound, self.tally) = (laws, numbers[1], tally)
  }
}

extension SwitchingLinearDynamicalSystem {
  /// log p(s) of a path of the chain; nil for one that is impossible.
  func logPrior(_ path: [Int]) -> DoubleDouble? {
    var factors = path.prefix(1).map { initialState[$0] }
    for (before, after) in zip(path, path.dropFirst()) { factors.append(transition[before][after]) }
    guard factors.allSatisfy({ $0 > 0 }) else { return nil }
    return factors.reduce(DoubleDouble(0)) { $0 + DoubleDouble($1).logarithm }
  }
}
