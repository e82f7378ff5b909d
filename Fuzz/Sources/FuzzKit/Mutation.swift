import JSONText

/// Another input, made from one: nil where the bytes hold no tree to change.
public func mutation(of bytes: [UInt8], most: Int, _ chance: inout Chance) -> [UInt8]? {
  if chance.oneIn(40) { return freshNetworkFile(&chance) }
  if chance.oneIn(5) { return spelled(asking(freshSpec(&chance), &chance), &chance, most: most) }
  guard let tree = try? JSON(parsing: bytes) else { return nil }
  var changed = chance.oneIn(20) ? tree : strippedOfExpectation(tree)
  for _ in 0..<chance.pick([1, 1, 2, 3, 5]) { changed = mutated(changed, &chance) }
  if !chance.oneIn(8) { changed = repaired(changed) }
  if chance.oneIn(3) { changed = asking(changed, &chance) }
  return spelled(changed, &chance, most: most)
}

/// One input with a part of another in it.
public func crossing(_ first: [UInt8], _ second: [UInt8], _ chance: inout Chance) -> [UInt8]? {
  guard let host = try? JSON(parsing: first), let guest = try? JSON(parsing: second) else {
    return nil
  }
  let part = guest.value(at: chance.below(guest.nodeCount))
  let whole = host.changing(chance.below(host.nodeCount)) { _ in part }
  return Array(repaired(whole).text().utf8)
}

/// A case file without what it expects; a model's alone, unless it is an estimator case.
func strippedOfExpectation(_ tree: JSON) -> JSON {
  guard case .object(let members) = tree, let spec = tree["spec"] else { return tree }
  if tree["q"] == nil { return spec }
  return .object(members.filter { $0.key != "expected" })
}

private func mutated(_ tree: JSON, _ chance: inout Chance) -> JSON {
  let count = tree.nodeCount
  switch chance.below(20) {
  case 0..<6: return changingNumbers(tree, &chance)
  case 6..<9: return resized(tree, &chance)
  case 9..<12:
    return tree.changing(chance.below(count)) { relisted($0, &chance) }
  case 12:
    return tree.changing(chance.below(count)) { rekeyed($0, &chance) }
  case 13: return tree.changing(chance.below(count)) { _ in stranger(&chance) }
  case 14:
    let part = tree.value(at: chance.below(count))
    return tree.changing(chance.below(count)) { _ in part }
  case 15: return reworded(tree, &chance)
  case 16: return levelled(tree, &chance)
  default:
    return tree.changing(chance.below(count)) { scaled($0, &chance) }
  }
}

/// A few numbers, each changed for itself.
private func changingNumbers(_ tree: JSON, _ chance: inout Chance) -> JSON {
  let places = tree.allNumbers.count
  guard places > 0 else { return tree }
  var targets: Set<Int> = []
  for _ in 0..<chance.pick([1, 1, 2, 4]) { targets.insert(chance.below(places)) }
  var (place, generator) = (-1, chance)
  let changed = tree.mapped { _, value in
    guard case .number(let number) = value else { return value }
    place += 1
    return targets.contains(place) ? .number(varied(number, &generator)) : value
  }
  chance = generator
  return changed
}

private func varied(_ number: Double, _ chance: inout Chance) -> Double {
  let other =
    switch chance.below(9) {
    case 0: number.nextUp
    case 1: number.nextDown
    case 2: -number
    case 3: number * chance.pick([10, 0.1, 1e8, 1e-8, 1e100, 1e-100, 2])
    case 4: number + chance.pick([1, -1, 1e-9, -1e-9, 2e-9, 0.5])
    case 5: (2 * chance.unit() - 1) * 10
    case 6: Double(chance.below(9))
    default: chance.pick(extremes)
    }
  return other.isFinite ? other : number
}

/// All numbers of a part multiplied, or made the same.
private func scaled(_ part: JSON, _ chance: inout Chance) -> JSON {
  let factor = chance.pick([-1, 0, 2, 10, 0.1, 100, 1e-3, 1e4, 1e15, 1e150, 1e-150])
  let same = chance.oneIn(3) ? chance.pick(extremes) : nil
  return part.mapped { _, value in
    guard case .number(let number) = value else { return value }
    let other = same ?? number * factor
    return .number(other.isFinite ? other : number)
  }
}

/// One row or column of a dimension left out or doubled: in every array of one length at once, so
/// that what belongs together stays together.
private func resized(_ tree: JSON, _ chance: inout Chance) -> JSON {
  // Doubling at every level of a nest would make 2^depth of it.
  guard tree.depth < 8 else { return tree }
  var lengths: Set<Int> = []
  _ = tree.mapped { _, value in
    if case .array(let elements) = value, !elements.isEmpty { lengths.insert(elements.count) }
    return value
  }
  guard !lengths.isEmpty else { return tree }
  let length = chance.pick(lengths.sorted())
  let (index, doubles) = (chance.below(length), chance.oneIn(2) && tree.nodeCount < 2000)
  return tree.mapped { _, value in
    guard case .array(var elements) = value, elements.count == length else { return value }
    if doubles { elements.append(elements[index]) } else { elements.remove(at: index) }
    return .array(elements)
  }
}

/// All but one of a list of numbers made zero, or all made alike.
private func levelled(_ tree: JSON, _ chance: inout Chance) -> JSON {
  tree.changing(chance.below(tree.nodeCount)) { part in
    guard case .array(let elements) = part, elements.allSatisfy({ $0.double != nil }) else {
      return part
    }
    let kept = chance.below(elements.count)
    let rest = chance.pick([0, 0, 1, 1e-300])
    return .array(elements.indices.map { $0 == kept ? 1 : .number(rest) })
  }
}
