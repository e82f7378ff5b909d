internal import CGSL

/// A stream of pseudo-random numbers: the Mersenne twister of GSL, owned by one place at a time.
///
/// The same seed and stream give the same numbers on every run; there is no other source of
/// randomness in the package. A generator cannot be copied, so no two places can draw the same
/// numbers by accident; pass it `inout`.
@safe public struct Generator: ~Copyable {
  private let state: UnsafeMutablePointer<gsl_rng>

  /// Creates the generator of a `seed` and, for independent uses of one seed, a `stream`.
  ///
  /// Both are mixed by the finaliser of SplitMix64 into the 32 bits that GSL takes, so two pairs
  /// of seed and stream share their numbers with probability 2^-32.
  public init(seed: UInt64, stream: UInt64 = 0) throws(GSLError) {
    AbortHandler.ensureOff()
    guard let state = unsafe gsl_rng_alloc(tightbound_mt19937()) else {
      throw GSLError("Generator", .outOfMemory, arguments: "seed: \(seed), stream: \(stream)")
    }
    unsafe gsl_rng_set(state, UInt(Generator.seed32(seed, stream)))
    unsafe self.state = state
  }

  deinit {
    unsafe gsl_rng_free(state)
  }

  /// Mixes a seed and a stream into the seed of the twister; never 0, which GSL reads as 4357.
  static func seed32(_ seed: UInt64, _ stream: UInt64) -> UInt32 {
    let mixed = splitMix64(splitMix64(seed) &+ stream)
    let folded = UInt32(truncatingIfNeeded: mixed >> 32)
    return folded == 0 ? UInt32(truncatingIfNeeded: mixed) | 1 : folded
  }

  /// The next state of SplitMix64 after `value`, through its finaliser (Steele, Lea, Flood 2014).
  private static func splitMix64(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  // MARK: Bits and uniforms

  /// Returns 64 random bits, the first 32 drawn being the high ones.
  public mutating func bits() -> UInt64 {
    let high = unsafe UInt64(gsl_rng_get(state))
    let low = unsafe UInt64(gsl_rng_get(state))
    return high << 32 | low
  }

  /// Returns a number uniform on (0, 1): a midpoint of one of 2^52 equal cells, never 0 or 1.
  public mutating func uniform() -> Double {
    (Double(bits() >> 12) + 0.5) * 0x1p-52
  }

  /// Returns a whole number uniform on 0 ..< `bound`, without bias for any bound above 0.
  public mutating func uniform(below bound: Int) throws(GSLError) -> Int {
    guard bound > 0 else {
      throw GSLError(
        "uniform", .badArgument("expected a bound above 0"), arguments: "below: \(bound)")
    }
    // The product bits · bound has its answer in the high word; draws whose low word falls among
    // the first 2^64 mod bound would favour some answers and are drawn again (Lemire 2019).
    let bound = UInt64(bound)
    let surplus = (0 &- bound) % bound
    while true {
      let product = bits().multipliedFullWidth(by: bound)
      if product.low >= surplus { return Int(product.high) }
    }
  }

  // MARK: Continuous

  /// Returns a number from the normal distribution with mean 0 and variance 1.
  public mutating func standardNormal() -> Double {
    unsafe gsl_ran_ugaussian(state)
  }

  /// Fills an array with numbers from N(0, 1), by a ziggurat of 24 bits a number.
  ///
  /// Three times as fast as ``standardNormal()``, and coarser: differences below about 1e-7 carry nothing.
  /// Reference: Marsaglia and Tsang 2000; Voss in GSL.
  public mutating func standardNormals(into numbers: inout [Double]) {
    unsafe tightbound_normals(state, numbers.count, &numbers)
  }

  /// Returns a number from the exponential distribution with mean 1.
  public mutating func exponential() -> Double {
    -log(uniform())
  }

  /// Returns a number from the gamma distribution with mean `shape` · `scale`.
  ///
  /// For shapes far below 1 most of the mass lies below the smallest Double and comes out as 0.
  public mutating func gamma(shape: Double, scale: Double) throws(GSLError) -> Double {
    guard shape > 0, shape.isFinite, scale > 0, scale.isFinite else {
      throw GSLError("gamma", .domain, arguments: "shape: \(shape), scale: \(scale)")
    }
    let draw = unsafe gsl_ran_gamma(state, shape, scale)
    guard draw.isFinite else {
      throw GSLError("gamma", .overflow, arguments: "shape: \(shape), scale: \(scale)")
    }
    return draw
  }

  // MARK: Discrete

  /// Returns true with the given probability, which must lie in [0, 1].
  public mutating func bernoulli(_ probability: Double) throws(GSLError) -> Bool {
    guard probability >= 0, probability <= 1 else {
      throw GSLError("bernoulli", .domain, arguments: "\(probability)")
    }
    return uniform() < probability
  }

  /// Writes a 1 for each probability that a number uniform on (0, 1) lies below, else a 0.
  ///
  /// The same draws as `bernoulli` one after the other, without a call from Swift for each.
  public mutating func bernoulli(
    _ probabilities: [Double], into bits: inout [Double]
  ) throws(GSLError) {
    if bits.count != probabilities.count {
      bits = Array(repeating: 0, count: probabilities.count)
    }
    let done = unsafe tightbound_flips(state, probabilities.count, probabilities, &bits)
    guard done == probabilities.count else {
      throw GSLError("bernoulli", .domain, arguments: "\(probabilities[done])")
    }
  }

  /// Returns a number from the Poisson distribution; `rate` may be anything in [0, 2^30].
  public mutating func poisson(rate: Double) throws(GSLError) -> Int {
    // Beyond the limit GSL's 32-bit answer could wrap round.
    guard rate >= 0, rate <= 0x1p30 else {
      throw GSLError("poisson", .domain, arguments: "rate: \(rate)")
    }
    return unsafe Int(gsl_ran_poisson(state, rate))
  }

  /// Returns an index drawn with the given probabilities, which must add up to 1 (to 2^-26).
  public mutating func categorical(_ probabilities: [Double]) throws(GSLError) -> Int {
    let total = try Generator.total(of: probabilities, "categorical")
    guard (total - 1).magnitude <= 0x1p-26 else {
      throw GSLError(
        "categorical", .badArgument("the probabilities add up to \(total), not 1"),
        arguments: "\(probabilities.count) probabilities")
    }
    return draw(from: probabilities, total: total)
  }

  /// Returns an index drawn in proportion to `weights`, which need not add up to 1.
  public mutating func categorical(weights: [Double]) throws(GSLError) -> Int {
    let total = try Generator.total(of: weights, "categorical")
    guard total > 0, total.isFinite else {
      throw GSLError(
        "categorical", .badArgument("the weights add up to \(total)"),
        arguments: "\(weights.count) weights")
    }
    return draw(from: weights, total: total)
  }

  private mutating func draw(from weights: [Double], total: Double) -> Int {
    let target = uniform() * total
    var cumulative = 0.0
    var lastPossible = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      cumulative += weight
      lastPossible = index
      if target < cumulative { return index }
    }
    return lastPossible  // rounding can leave the target a hair above the last partial sum
  }

  private static func total(
    of weights: [Double], _ function: String
  ) throws(GSLError) -> Double {
    var total = 0.0
    for (index, weight) in weights.enumerated() {
      guard weight >= 0, weight.isFinite else {
        throw GSLError(
          function, .badArgument("expected a finite number of at least 0, found \(weight)"),
          arguments: "entry \(index) of \(weights.count)")
      }
      total += weight
    }
    return total
  }
}
