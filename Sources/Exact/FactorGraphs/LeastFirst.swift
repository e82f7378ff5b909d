/// Numbers with their costs, of which the least comes out first; of equal costs, the smaller number.
struct LeastFirst {
  private var heap: [(cost: Double, number: Int)] = []

  mutating func insert(_ cost: Double, _ number: Int) {
    heap.append((cost, number))
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeLeast() -> (cost: Double, number: Int)? {
    guard let least = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return least }
    heap[0] = last
    var place = 0
    while true {
      let children = (2 * place + 1..<2 * place + 3).prefix { $0 < heap.count }
      guard let child = children.min(by: { heap[$0] < heap[$1] }), heap[child] < heap[place] else {
        return least
      }
      heap.swapAt(place, child)
      place = child
    }
  }
}
