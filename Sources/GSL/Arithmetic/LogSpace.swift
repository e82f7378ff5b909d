// Sums and probabilities kept as logarithms: what every log-density above stands on.

/// Returns log(e^a + e^b), exact where either is -infinity.
public func logAddExp(_ a: Double, _ b: Double) -> Double {
  if a == b { return a + log(2) }  // also both -infinity or both +infinity
  let larger = max(a, b)
  let smaller = min(a, b)
  if a.isNaN || b.isNaN { return .nan }
  return larger + log1p(exp(smaller - larger))
}

/// Returns log(Σ e^v) over `values`: -infinity for none, and for all of them -infinity.
public func logSumExp(_ values: [Double]) -> Double {
  guard let first = values.first else { return -.infinity }
  var largest = first
  for value in values {
    if value.isNaN { return .nan }
    if value > largest { largest = value }
  }
  if largest.isInfinite { return largest }
  // The largest term is e^0 = 1; leaving it out of the sum and adding it by log1p keeps the
  // digits of many small terms beside it.
  var rest = 0.0
  var largestSeen = false
  for value in values {
    if value == largest && !largestSeen {
      largestSeen = true
    } else {
      rest += exp(value - largest)
    }
  }
  return largest + log1p(rest)
}

/// Returns log(1 + e^x), without overflow or cancellation.
public func softplus(_ x: Double) -> Double {
  max(x, 0) + log1p(exp(-x.magnitude))
}

/// Returns 1 / (1 + e^-x), with full relative precision in both tails.
public func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let odds = exp(x)
  return odds / (1 + odds)
}

/// Returns log sigmoid(x) = -softplus(-x).
public func logSigmoid(_ x: Double) -> Double {
  -softplus(-x)
}

/// Returns p log p, with 0 log 0 = 0: minus a probability's share of an entropy.
public func entropyTerm(_ probability: Double) -> Double {
  probability == 0 ? 0 : probability * log(probability)
}
