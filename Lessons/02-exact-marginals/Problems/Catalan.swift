/// The number of binary trees with m inner nodes.
///
/// ```
/// C_m = (2m)! / (m! (m + 1)!),      C_{m+1} = C_m · 2 (2m + 1) / (m + 2)
/// ```
func catalan(_ m: Int) -> Int {
  (0..<max(0, m)).reduce(1) { $0 * 2 * (2 * $1 + 1) / ($1 + 2) }
}
