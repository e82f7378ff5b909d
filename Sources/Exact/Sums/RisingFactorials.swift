import GSL
import Models

// Ratios of gamma functions whose difference of logarithms would cancel: log Γ(10^15) has no digit left
// behind the point.

/// log Γ(a + n)/Γ(a) = Σ_{i<n} log(a + i) for a above 0.
func logRising(_ n: Int, _ a: Double) -> Double {
  (0..<n).reduce(0) { $0 + log(a + Double($1)) }
}

/// log Γ(a + h/2)/Γ(a) for a above 0.
func logRising(halves h: Int, _ a: Double) throws(ModelError) -> Double {
  let whole = logRising(h / 2, a)
  return h.isMultiple(of: 2) ? whole : whole + (try logHalfStep(a + Double(h / 2)))
}

/// log Γ(a + ½)/Γ(a) for a above 0.
///
/// ```
/// ½ log a − 1/(8a) + 1/(192a³) − 1/(640a⁵) + …
/// ```
/// The next term, 17/(14336a⁷), is below 10^-16 from a = 100 on. Reference: DLMF 5.11.
private func logHalfStep(_ a: Double) throws(ModelError) -> Double {
  if a >= 100 {
    let s = 1 / (a * a)
    return 0.5 * log(a) - (1 / 8 - s * (1 / 192 - s / 640)) / a
  }
  do {
    return try SpecialFunctions.logGamma(a + 0.5).value - SpecialFunctions.logGamma(a).value
  } catch {
    throw ModelError("prior.dof", "\(error)")
  }
}
