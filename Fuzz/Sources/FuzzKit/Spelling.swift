import JSONText

/// The text of a tree: the package's own, or one that spells the same values otherwise; nil where it
/// is longer than allowed.
func spelled(_ tree: JSON, _ chance: inout Chance, most: Int) -> [UInt8]? {
  let text =
    switch chance.below(6) {
    case 0: respelled(tree, &chance)
    case 1: tree.text(.pretty)
    default: tree.text()
    }
  let bytes = Array(text.utf8)
  return bytes.count <= most ? bytes : nil
}

private func respelled(_ tree: JSON, _ chance: inout Chance) -> String {
  let space = chance.pick(["", " ", "\n", "\t\r\n "])
  switch tree {
  case .number(let number): return respelled(number, &chance)
  case .array(let elements):
    var texts: [String] = []
    for element in elements { texts.append(respelled(element, &chance)) }
    return "[" + space + texts.joined(separator: "," + space) + space + "]"
  case .object(let members):
    var texts: [String] = []
    for member in members {
      texts.append(
        JSON.string(member.key).text() + space + ":" + respelled(member.value, &chance))
    }
    return "{" + texts.joined(separator: space + ",") + space + "}"
  default: return tree.text()
  }
}

/// 3 as 3.0, 3e0, 30e-1 or 0.3E+1: all the same double, or nearly.
private func respelled(_ number: Double, _ chance: inout Chance) -> String {
  let plain = JSON.number(number).text()
  let isWhole = number.isFinite && plain.utf8.allSatisfy { $0 == 0x2D || 0x30...0x39 ~= $0 }
  guard isWhole else { return plain }
  return switch chance.below(6) {
  case 0: plain + ".0"
  case 1: plain + "e0"
  case 2: plain + "0e-1"
  case 3: plain + ".00000000000000000000000000000000000000E+00"
  case 4: plain + "." + String(repeating: "0", count: 400) + "1"
  default: plain
  }
}
