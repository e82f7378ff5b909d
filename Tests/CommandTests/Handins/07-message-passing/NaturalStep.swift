let naturalStep: [Variant] = [
  .right("draw", "deals-the-last-cards-first") { task, choices in
    var deck = Array(0..<(try task.integer("count")))
    var batch: [Int] = []
    for _ in 0..<(try task.integer("size")) {
      let chance = 1 / Double(deck.count)
      batch.append(deck.remove(at: try choices.choose(deck.map { _ in chance })))
    }
    return Array(batch.reversed())
  },
  .mistake("draw", "always-the-first") { task, _ in Array(0..<(try task.integer("size"))) },
  .mistake("draw", "with-replacement") { task, choices in
    let count = try task.integer("count")
    var batch: Set<Int> = []
    for _ in 0...(try task.integer("size")) {
      batch.insert(try choices.choose((0..<count).map { _ in 1 / Double(count) }))
    }
    return batch.sorted()
  },
]
