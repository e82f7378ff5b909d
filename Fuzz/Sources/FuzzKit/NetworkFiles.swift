import Interchange
import JSONText

/// Reads a network in the Bayesian interchange format, and answers what was read.
func judgeNetworkFile(_ bytes: [UInt8], _ maxStates: Double) -> Verdict {
  do throws(BIFError) {
    let model = try bayesianNetwork(inInterchangeFormat: bytes)
    return judgeModel(rescaled(model), maxStates)
  } catch {
    return refused("network file: refused", error.description, hasPlace: true)
  }
}

/// A small network as such a file, or with something wrong in it.
func freshNetworkFile(_ chance: inout Chance) -> [UInt8] {
  var text = "network made {\n}\n"
  let count = chance.below(4) + 1
  for number in 0..<count {
    text += "variable v\(number) {\n  type discrete [ 2 ] { no, yes };\n}\n"
  }
  for number in 0..<count {
    let parents = (0..<number).filter { _ in chance.oneIn(2) }
    guard !parents.isEmpty else {
      text += "probability ( v\(number) ) {\n  table 0.25, 0.75;\n}\n"
      continue
    }
    let names = parents.map { "v\($0)" }.joined(separator: ", ")
    text += "probability ( v\(number) | \(names) ) {\n"
    for setting in 0..<(1 << parents.count) {
      let states = parents.indices.map { setting >> $0 & 1 == 1 ? "yes" : "no" }
      text += "  (\(states.joined(separator: ", "))) 0.5, 0.5;\n"
    }
    text += "}\n"
  }
  var bytes = Array(text.utf8)
  for _ in 0..<chance.pick([0, 0, 1, 1, 3]) {
    let place = chance.below(bytes.count)
    switch chance.below(3) {
    case 0: bytes[place] = UInt8(chance.below(256))
    case 1: bytes.remove(at: place)
    default:
      bytes.insert(
        contentsOf: chance.pick([",", "{", "}", "|", ";", "1e400", "v0"]).utf8, at: place)
    }
  }
  return bytes
}
