/// The name that somebody probably meant, or nil where none is near.
///
/// Near means at most one edit in three letters, and never more than two: a letter put in, left out,
/// exchanged, or two neighbours swapped. Capital letters do not count. Of equally near names the first wins.
public func nearest(to typed: String, among names: some Sequence<String>) -> String? {
  nearest(1, to: typed, among: names).first
}

/// At most `count` names that somebody may have meant, the nearest first.
public func nearest(
  _ count: Int, to typed: String, among names: some Sequence<String>
) -> [String] {
  // Slips are short; this also keeps a hostile megabyte away from a quadratic table.
  let longest = 64
  let letters = Array(typed.lowercased().unicodeScalars.prefix(longest + 1))
  guard !letters.isEmpty, letters.count <= longest else { return [] }
  return names.enumerated()
    .compactMap { position, name -> (distance: Int, position: Int, name: String)? in
      let target = Array(name.lowercased().unicodeScalars.prefix(longest + 1))
      let distance = editDistance(letters, target)
      let allowed = min(2, max(1, max(letters.count, target.count) / 3))
      let sharesLetters = distance < min(letters.count, target.count)
      return distance == 0 || (sharesLetters && distance <= allowed)
        ? (distance, position, name) : nil
    }
    .sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }
    .prefix(count)
    .map(\.name)
}

/// The number of edits between two words, neighbours swapped being one (optimal string alignment).
///
/// Recurrence over prefixes: d(i, j) = min(d(i−1, j) + 1, d(i, j−1) + 1, d(i−1, j−1) + [aᵢ ≠ bⱼ],
/// d(i−2, j−2) + 1 if aᵢ = bⱼ₋₁ and aᵢ₋₁ = bⱼ). Three rows are enough.
func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var best = min(last[j + 1], row[j]) + 1
      best = min(best, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
