import Interchange
import JSONText

/// The same model with a few questions: mostly such as it answers, now and then any, or one that is none.
func asking(_ tree: JSON, _ chance: inout Chance) -> JSON {
  guard case .object(let members) = tree, let word = tree["model"]?.word,
    oracleModels.contains(word), !chance.oneIn(4)
  else { return tree }
  let keys: Set = ["ask", "samples", "seed"]
  let model = JSON.object(members.filter { !keys.contains($0.key) })
  let own = (try? oracleSpec(JSONPlace(model)))?.questions ?? []
  let words = (chance.oneIn(12) ? OracleQuestion.allCases : own).map(\.rawValue)
  var asked = words.filter { _ in chance.oneIn(2) }
  if chance.oneIn(40) { asked.append("answer") }
  var added: [(key: String, value: JSON)] = [("ask", .strings(asked))]
  if chance.oneIn(2) { added.append(("samples", .integer(1 + chance.below(3)))) }
  if chance.oneIn(2) { added.append(("seed", .integer(chance.below(1000)))) }
  guard case .object(let own) = model else { return tree }
  return .object(own + added)
}
