import JSONText

/// A list longer, shorter, in another order; anything else becomes a stranger now and then.
func relisted(_ part: JSON, _ chance: inout Chance) -> JSON {
  guard case .array(var elements) = part else {
    return chance.oneIn(6) ? stranger(&chance) : part
  }
  guard !elements.isEmpty else { return .array([stranger(&chance)]) }
  let index = chance.below(elements.count)
  switch chance.below(6) {
  case 0: elements.remove(at: index)
  case 1: elements.insert(elements[chance.below(elements.count)], at: index)
  case 2: elements.swapAt(index, chance.below(elements.count))
  case 3: elements = []
  case 4 where part.nodeCount < 300:
    elements = (0..<chance.pick([2, 3, 30])).flatMap { _ in elements }
  default: elements = Array(elements.prefix(index + 1))
  }
  return .array(elements)
}

/// An object with a key too few, too many, twice, or misspelt.
func rekeyed(_ part: JSON, _ chance: inout Chance) -> JSON {
  guard case .object(var members) = part, !members.isEmpty else { return part }
  let index = chance.below(members.count)
  switch chance.below(5) {
  case 0: members.remove(at: index)
  case 1: members.append(members[index])
  case 2: members[index].key += chance.pick(["s", " ", "\u{301}", "\n", "\""])
  case 3: members.append((chance.pick(["", "x", "name", "spec", "model"]), stranger(&chance)))
  default: members.swapAt(index, chance.below(members.count))
  }
  return .object(members)
}

/// A string exchanged for another: a word of the format, of the input, or one that nobody expects.
func reworded(_ tree: JSON, _ chance: inout Chance) -> JSON {
  var own: [String] = []
  _ = tree.mapped { _, value in
    if let word = value.word { own.append(word) }
    return value
  }
  guard !own.isEmpty else { return tree }
  let (target, other) = (
    chance.below(own.count),
    chance.pick(own + modelWords + approximationWords + familyWords + strangeWords)
  )
  var place = -1
  return tree.mapped { _, value in
    guard value.word != nil else { return value }
    place += 1
    return place == target ? .string(other) : value
  }
}

private let strangeWords = [
  "", " ", "\u{0}", "\n", "é", "e\u{301}", "\u{1F600}", "\u{202E}", "\"\\", "-inf", "nan", "S", "a",
  String(repeating: "long ", count: 40),
]

/// A value where none of its kind is expected.
func stranger(_ chance: inout Chance) -> JSON {
  switch chance.below(9) {
  case 0: .null
  case 1: .bool(chance.oneIn(2))
  case 2: .number(chance.pick(extremes))
  case 3: .string(chance.pick(strangeWords))
  case 4: .array([])
  case 5: .object([])
  case 6: .array([.array([])])
  case 7:
    (0..<chance.pick([3, 50, 190, 250])).reduce(JSON.array([])) { inner, _ in .array([inner]) }
  default: .numbers((0..<chance.below(5)).map { _ in chance.unit() })
  }
}
