import GSL

/// √(Σ aₖ²) of numbers whose squares may leave the doubles.
func length(_ list: [Double]) -> Double {
  let largest = list.reduce(0) { max($0, $1.magnitude) }
  guard largest > 0, largest.isFinite else { return largest }
  return largest * sqrt(list.reduce(0) { $0 + ($1 / largest) * ($1 / largest) })
}

/// The cosine of the angle between two directions; nil where one is shorter than 1e-12.
func cosine(_ one: [Double], _ other: [Double]) -> Double? {
  let (a, b) = (length(one), length(other))
  guard a >= 1e-12, b >= 1e-12 else { return nil }
  return zip(one, other).reduce(0) { $0 + ($1.0 / a) * ($1.1 / b) }
}
