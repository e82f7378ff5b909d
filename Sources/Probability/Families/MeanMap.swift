import GSL

/// The inverse of the map η ↦ E[t(x)] where it has no closed form.
enum MeanMap {
  /// The zero of an increasing function of a logarithm; what lies outside e^±60 is refused.
  static func positiveRoot(
    _ law: String, _ function: (Double) throws(GSLError) -> Double
  ) throws(GSLError) -> Double {
    do {
      return exp(try ScalarSearch.root(from: -60, to: 60) { try function(exp($0)) }.point)
    } catch let error as GSLError {
      throw error
    } catch {
      throw GSLError(law, .badArgument("\(error)"))
    }
  }

  /// The shape a of a gamma law with ψ(a) − log a = E[log x] − log E[x].
  static func gammaShape(gap: Double) throws(GSLError) -> Double {
    guard gap < 0 else { throw GSLError("GammaLaw", .domain, arguments: "\(gap)") }
    return try positiveRoot("GammaLaw") { a throws(GSLError) in
      try SpecialFunctions.digamma(a).value - log(a) - gap
    }
  }

  /// The degrees of freedom ν of a Wishart law with Σ_{j<d} ψ((ν − j)/2) − d log(ν/2) = E log|X| − log|E X|.
  static func wishartDegrees(dimension d: Int, gap: Double) throws(GSLError) -> Double {
    guard gap < 0 else { throw GSLError("WishartLaw", .domain, arguments: "\(gap)") }
    let excess = try positiveRoot("WishartLaw") { e throws(GSLError) in
      // ν = d − 1 + e; the last of the digammas has the argument e/2.
      var sum = try SpecialFunctions.digamma(e / 2).value - gap
      for j in 1..<max(1, d) { sum += try SpecialFunctions.digamma((e + Double(j)) / 2).value }
      return sum - Double(d) * log((Double(d - 1) + e) / 2)
    }
    return Double(d - 1) + excess
  }

  /// Newton's method on the convex function A(η) − η · m, whose slope is E[t(x)] − m.
  ///
  /// ```
  /// η ← η + s Cov[t]⁻¹ (m − E[t]),      s halved until the function falls
  /// ```
  static func newton<Family: InvertibleFamily>(
    from start: Family, to means: [Double]
  ) throws(GSLError) -> Family {
    func height(_ law: Family) throws(GSLError) -> Double {
      try law.logPartition() - dot(law.naturalParameters, means)
    }
    func misses(_ law: Family) throws(GSLError) -> (slopes: [Double], size: Double) {
      let slopes = zip(means, try law.meanParameters()).map { $0 - $1 }
      return (slopes, zip(slopes, means).reduce(0) { max($0, abs($1.0) / max(1, abs($1.1))) })
    }
    var (law, value, miss) = (start, try height(start), try misses(start))
    for _ in 0..<200 where miss.size > 16 * Double.ulpOfOne {
      let direction = try LinearAlgebra.choleskySolve(
        order: means.count, try law.statisticsCovariance(), right: miss.slopes)
      let eta = law.naturalParameters
      var (scale, moved) = (1.0, false)
      // So near the solution, what a whole step does not mend is rounding.
      let smallest = miss.size < 1e-13 ? 0.5 : 0x1p-60
      while !moved, scale > smallest {
        let next = try? Family(naturalParameters: zip(eta, direction).map { $0 + scale * $1 })
        // Near the solution the height is flat to rounding, while what is missed still falls.
        if let next, let height = try? height(next), let missed = try? misses(next),
          height < value || missed.size < miss.size
        {
          (law, value, miss, moved) = (next, height, missed, true)
        }
        scale /= 2
      }
      if !moved { break }
    }
    // Nothing falls any more: what is left is rounding, or there is no such member.
    if miss.size < 1e-9 { return law }
    throw GSLError("\(Family.self)", .noConvergence, arguments: "mean parameters \(means)")
  }
}
