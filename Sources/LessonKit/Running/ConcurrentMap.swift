import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// The results in the order of the elements, found on as many processors as there are.
  ///
  /// Whoever is free takes the next element, so that a long one does not hold up the others. The
  /// results are the same as those of `map`.
  package func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let found = Mutex([Int: Result]())
    DispatchQueue.concurrentPerform(iterations: count) { place in
      let result = transform(self[place])
      found.withLock { $0[place] = result }
    }
    let results = found.withLock { $0 }
    return indices.compactMap { results[$0] }
  }
}
