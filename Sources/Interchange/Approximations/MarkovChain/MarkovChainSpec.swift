package import Approximate
public import JSONText

/// A Markov chain over finitely many states, as `"approximation": "markov-chain"` describes it.
public struct MarkovChainSpec: Sendable {
  /// How the chain moves.
  package enum Kernel: Sendable {
    /// A variable of a table is drawn anew given all others.
    case gibbs(GibbsKernel)
    /// A proposal is accepted, or the chain stays.
    case metropolis(MetropolisKernel)
  }

  /// How the chain moves.
  package let kernel: Kernel
  /// The state it starts from.
  public let start: Int
  /// For how many steps its distance from the stationary law is told.
  public let steps: Int

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    switch try place.member("kernel").string(among: ["gibbs", "metropolis"]) {
    case "gibbs": kernel = .gibbs(try MarkovChainSpec.gibbs(place))
    default: kernel = .metropolis(try MarkovChainSpec.metropolis(place))
    }
    let states = kernel.target.count
    start = try place.member("start").index(below: states)
    steps = try place.member("steps").integer(in: 0...Int.max)
  }

  private static let common = ["approximation", "kernel", "start", "steps"]

  private static func gibbs(_ place: JSONPlace) throws(PlaceError) -> GibbsKernel {
    try place.object(requiring: common + ["cardinalities", "table", "scan"])
    let cardinalities = try place.member("cardinalities").integers(in: 1...Int.max)
    guard !cardinalities.isEmpty else {
      throw try place.member("cardinalities").error(expected: "at least one variable")
    }
    let settings = cardinalities.reduce(1.0) { $0 * Double($1) }
    // A table of more numbers than this is no part of any file that is read.
    guard settings <= 0x1p31 else {
      throw try place.member("cardinalities").error("\(settings) settings, too many for a table")
    }
    let table = try place.member("table")
    let potentials = try positiveNumbers(table, count: Int(settings))
    let scan = try place.member("scan").string(among: GibbsKernel.Scan.allCases.map(\.rawValue))
    return GibbsKernel(
      cardinalities: cardinalities, table: potentials,
      scan: GibbsKernel.Scan(rawValue: scan) ?? .systematic)
  }

  private static func metropolis(_ place: JSONPlace) throws(PlaceError) -> MetropolisKernel {
    try place.object(requiring: common + ["target", "proposal"])
    let target = try positiveNumbers(try place.member("target"), count: nil)
    guard !target.isEmpty else {
      throw try place.member("target").error(expected: "at least one number")
    }
    let proposal = try place.member("proposal").conditionals(
      rows: target.count, columns: target.count)
    return MetropolisKernel(target: target, proposal: proposal)
  }

  private static func positiveNumbers(
    _ place: JSONPlace, count: Int?
  ) throws(PlaceError) -> [Double] {
    var numbers: [Double] = []
    for element in try place.array(count: count) { numbers.append(try element.positiveNumber()) }
    return numbers
  }
}

extension MarkovChainSpec.Kernel {
  /// The law that the chain leaves as it is, up to a factor.
  var target: [Double] {
    switch self {
    case .gibbs(let kernel): kernel.table
    case .metropolis(let kernel): kernel.target
    }
  }

  /// The key that holds it.
  var targetKey: String {
    switch self {
    case .gibbs: "table"
    case .metropolis: "target"
    }
  }

  /// How many outcomes the choices of one step have, from all states together.
  var outcomes: Double {
    let states = Double(target.count)
    switch self {
    case .gibbs(let kernel) where kernel.scan == .systematic: return states * states
    case .gibbs(let kernel): return states * Double(kernel.cardinalities.reduce(0, +))
    case .metropolis: return 2 * states * states
    }
  }

  /// Whether the chain looks the same run backwards; a sweep in a fixed order does not.
  var isReversible: Bool {
    switch self {
    case .gibbs(let kernel): kernel.scan == .random
    case .metropolis: true
    }
  }
}
