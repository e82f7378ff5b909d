import JSONText
import Models
import Probability

/// What the argument of a function is.
enum FunctionDomain {
  /// Bits or one-hot vectors.
  case states(StateLaw)
  /// Real vectors.
  case reals(Int)

  var dimension: Int {
    switch self {
    case .states(let law): law.parameterCount
    case .reals(let dimension): dimension
    }
  }
}

extension JSONPlace {
  /// The names of the functions that an objective or a control may be.
  private static let functionKinds = [
    "table", "terms", "polynomial", "power", "exponential", "sine", "log-sigmoid", "network",
    "log-mixture", "sum",
  ]

  /// The function that stands here.
  func smoothFunction(_ domain: FunctionDomain) throws(PlaceError) -> SmoothFunction {
    let count = domain.dimension
    switch try member("kind").string(among: Self.functionKinds) {
    case "table":
      try object(requiring: ["kind", "values"])
      guard case .states(let law) = domain else {
        throw try member("kind").error("a table is a function of states, not of real numbers")
      }
      return .table(try member("values").numbers(count: law.count), over: law)
    case "terms":
      try object(requiring: ["kind", "terms"])
      guard case .states(let law) = domain, case .bits = law.kind else {
        throw try member("kind").error("terms are functions of bits")
      }
      return .terms(
        try member("terms").each { place throws(PlaceError) in
          try place.bitTerm(bits: count)
        })
    case "polynomial":
      try object(requiring: ["kind", "terms"])
      return .polynomial(
        try member("terms").each { place throws(PlaceError) in
          try place.object(requiring: ["coefficient", "powers"])
          return SmoothFunction.Monomial(
            try place.member("coefficient").number(),
            powers: try place.member("powers").integers(count: count, in: 0...64))
        })
    case "power":
      try object(requiring: ["kind", "targets", "exponent"])
      return .power(
        targets: try member("targets").numbers(count: count),
        exponent: try member("exponent").integer(in: 0...64))
    case "exponential":
      try object(requiring: ["kind", "weights"], allowing: ["factor"])
      return .ridges([try ridge(.exponential, "weights", count, factor: "factor")], plus: 0)
    case "sine":
      try object(requiring: ["kind", "frequency"], allowing: ["phase"])
      return .ridges([try ridge(.sine, "frequency", count, shift: "phase")], plus: 0)
    case "log-sigmoid":
      try object(requiring: ["kind", "weights"], allowing: ["shift"])
      return .ridges([try ridge(.logSigmoid, "weights", count, shift: "shift")], plus: 0)
    case "network": return try network(count)
    case "log-mixture": return try logMixture(count)
    default:
      try object(requiring: ["kind", "functions"])
      return .sum(
        try member("functions").each { place throws(PlaceError) in
          try place.smoothFunction(domain)
        })
    }
  }

  private func bitTerm(bits count: Int) throws(PlaceError) -> BitTerm {
    try object(requiring: ["bits", "values"])
    let bits = try member("bits").differentIndices(below: count, "bit")
    return BitTerm(bits: bits, values: try member("values").numbers(count: 1 << bits.count))
  }

  /// Indices of which none stands twice.
  func differentIndices(below count: Int, _ noun: String) throws(PlaceError) -> [Int] {
    let indices = try integers(in: 0...(count - 1))
    guard Set(indices).count == indices.count else {
      throw error(expected: "every \(noun) at most once")
    }
    return indices
  }

  private func ridge(
    _ shape: Ridge.Shape, _ weights: String, _ count: Int, shift: String? = nil,
    factor: String? = nil
  ) throws(PlaceError) -> Ridge {
    var (a, c) = (0.0, 1.0)
    if let shift, let place = try optional(shift) { a = try place.number() }
    if let factor, let place = try optional(factor) { c = try place.number() }
    return Ridge(
      shape, weights: try member(weights).numbers(count: count), shift: a, factor: c)
  }

  private func network(_ count: Int) throws(PlaceError) -> SmoothFunction {
    try object(requiring: ["kind", "hidden", "hiddenBias", "output", "outputBias"])
    let hidden = try member("hidden").matrix(columns: count)
    let biases = try member("hiddenBias").numbers(count: hidden.count)
    let output = try member("output").numbers(count: hidden.count)
    return .ridges(
      hidden.indices.map { j in
        Ridge(.tanh, weights: hidden[j], shift: biases[j], factor: output[j])
      }, plus: try member("outputBias").number())
  }

  private func logMixture(_ count: Int) throws(PlaceError) -> SmoothFunction {
    try object(requiring: ["kind", "weights", "means", "scales"])
    let weights = try member("weights").each { place throws(PlaceError) in
      try place.positiveNumber()
    }
    guard !weights.isEmpty else {
      throw try member("weights").error(expected: "at least one weight")
    }
    let means = try member("means").matrix(rows: weights.count, columns: count)
    let rows = try member("scales").array(count: weights.count)
    var scales: [[Double]] = []
    for row in rows {
      var scale: [Double] = []
      for place in try row.array(count: count) { scale.append(try place.positiveNumber()) }
      scales.append(scale)
    }
    return .logMixture(
      weights.indices.map { j in
        SmoothFunction.MixturePart(weight: weights[j], means: means[j], scales: scales[j])
      })
  }
}
