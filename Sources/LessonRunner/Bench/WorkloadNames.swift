import JSONText

/// Finding workloads by what people call them.
struct WorkloadNames {
  let workloads: [Workload]

  /// The workloads that words stand for, in the order typed, each once; all of them without words.
  ///
  /// A word is a whole name, the name of an input file (all its operations), or a part that only
  /// one file has. Two words are a file, or a part of one, and an operation.
  func workloads(_ words: [String]) throws(CommandError) -> [Workload] {
    guard !words.isEmpty else { return workloads }
    var found: [Workload] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let named: [Workload]
      if let next = rest.first, let pair = try? fitting(word, operation: next), pair.count == 1 {
        named = pair
        rest.removeFirst()
      } else {
        named = try fitting(word, operation: nil)
      }
      if named.isEmpty { throw unknownWorkload(word) }
      found += named.filter { one in !found.contains { $0.name == one.name } }
    }
    return found
  }

  /// The workloads of one file; none where nothing fits, refused where several files do.
  private func fitting(_ word: String, operation: String?) throws(CommandError) -> [Workload] {
    let candidates = workloads.filter { operation == nil || $0.operation == operation }
    if let exact = candidates.first(where: { $0.name == word }) { return [exact] }
    let ofFile = candidates.filter { $0.file == word }
    if !ofFile.isEmpty { return ofFile }
    let part = word.lowercased()
    let parts = part.isEmpty ? [] : candidates.filter { $0.name.contains(part) }
    guard Set(parts.map(\.file)).count <= 1 else {
      throw CommandError(
        quoted(word), "which workload? " + parts.map(\.name).joined(separator: ", ") + " all fit")
    }
    return parts
  }

  /// The nearest among whole names, files, and the words that these are made of.
  private func unknownWorkload(_ word: String) -> CommandError {
    var owners: [(word: String, name: String)] = []
    for workload in workloads {
      let words =
        [workload.name, workload.file] + workload.file.split(separator: "-").map(String.init)
      for word in words { owners.append((word, workload.name)) }
    }
    var near: [String] = []
    for close in nearest(6, to: word.lowercased(), among: owners.map(\.word)) {
      guard let name = owners.first(where: { $0.word == close })?.name else { continue }
      if !near.contains(name) { near.append(name) }
    }
    let hint =
      near.isEmpty
      ? "lessons bench --help lists them" : "nearest: " + near.joined(separator: ", ")
    return CommandError(quoted(word), "unknown workload; \(hint)")
  }
}
