import GSL

/// A normal–inverse-Wishart law of two numbers, by natural parameters (κm, κ, Λ + κm², ν + 3) that move.
///
/// It is the law of a mean and a variance, and that of the dynamics a and the noise Q of one number.
struct DualComponent {
  /// E[μ/σ²], −½ E[μ²/σ²], −½ E[1/σ²], −½ E[log σ²].
  let expectations: [Dual]
  /// log Z(η).
  let logPartition: Dual

  init(_ eta: some RandomAccessCollection<Dual>) throws(GSLError) {
    let eta = Array(eta)
    let (kappa, dof) = (eta[1], eta[3] - 3)
    let mean = eta[0] / kappa
    let scale = eta[2] - eta[0] * mean
    let half = Dual(0.5)
    let precision = dof / scale
    let logVariance = scale.logarithm - Dual(log(2)) - (try (half * dof).digamma())
    expectations = [
      mean * precision, Dual(-0.5) * (1.0 / kappa + mean * mean * precision),
      Dual(-0.5) * precision, Dual(-0.5) * logVariance,
    ]
    logPartition =
      half * (Dual(log(2 * Double.pi)) - kappa.logarithm)
      + half * dof * (Dual(log(2)) - scale.logarithm) + (try (half * dof).logGamma())
  }
}

/// A Dirichlet law by natural parameters α − 1 that move.
struct DualWeights {
  /// E[log π_k].
  let expectations: [Dual]
  /// log Z(η).
  let logPartition: Dual

  init(_ eta: some Sequence<Dual>) throws(GSLError) {
    let counts = eta.map { $0 + 1.0 }
    let whole = try counts.sum().digamma()
    var (expectations, logPartition): ([Dual], Dual) = ([], 0.0)
    for count in counts {
      expectations.append(try count.digamma() - whole)
      logPartition += try count.logGamma()
    }
    self.expectations = expectations
    self.logPartition = logPartition - (try counts.sum().logGamma())
  }
}
