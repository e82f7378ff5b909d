import Probability

/// Whether numbers are the same up to what another order of operations, or single precision, can do.
func agrees(_ found: [Double], _ wanted: [Double], isSingle: Bool, size: Double = 0) -> Bool {
  guard found.count == wanted.count else { return false }
  let largest = (found + wanted).filter(\.isFinite).reduce(max(1, size)) { max($0, abs($1)) }
  let allowed = (isSingle ? 64 * 0x1p-24 : 1e-9) * largest
  return zip(found, wanted).allSatisfy { $0 == $1 || abs($0 - $1) <= allowed }
}

/// How numbers differ from those that are wanted, in the simplest words that are true.
func differenceInWords(_ found: [Double], _ wanted: [Double]) -> String {
  let list = { (values: [Double]) in
    values.count == 1
      ? Format.short(values[0])
      : "(" + values.prefix(6).map { Format.short($0) }.joined(separator: ", ")
        + (values.count > 6 ? ", …" : "") + ")"
  }
  let numbers = "\(list(found)) where \(list(wanted)) belongs"
  guard found.count == wanted.count, (found + wanted).allSatisfy(\.isFinite) else { return numbers }
  func same(_ other: [Double]) -> Bool { agrees(found, other, isSingle: false) }
  if wanted.contains(where: { abs($0) > 1e-6 }) {
    if same(wanted.map { -$0 }) { return "\(numbers): minus what it should be" }
    if found.count > 1 || simpleFactor(found[0] / wanted[0]), let factor = factor(found, wanted) {
      return "\(numbers): \(Format.short(factor)) times what it should be"
    }
  }
  let moved = found[0] - wanted[0]
  if found.count > 1, same(wanted.map { $0 + moved }) {
    return "\(numbers): \(Format.short(abs(moved))) too \(moved > 0 ? "large" : "small") throughout"
  }
  if found.count > 1, same(wanted.reversed()) { return "\(numbers): in reverse order" }
  let wrong = found.indices.filter { !agrees([found[$0]], [wanted[$0]], isSingle: false) }
  if wrong.count == 1, found.count > 1 { return "\(numbers): number \(wrong[0] + 1) only" }
  return numbers
}

/// c with found = c · wanted, if there is one.
private func factor(_ found: [Double], _ wanted: [Double]) -> Double? {
  let size = wanted.reduce(0) { $0 + $1 * $1 }
  let factor = zip(found, wanted).reduce(0) { $0 + $1.0 * $1.1 } / size
  return agrees(found, wanted.map { factor * $0 }, isSingle: false) ? factor : nil
}

/// One number is always a multiple of another: only ½, 2, 3 and the like say something.
private func simpleFactor(_ ratio: Double) -> Bool {
  [ratio, 1 / ratio].contains { abs($0) <= 16 && abs($0 - $0.rounded()) < 1e-9 }
}
