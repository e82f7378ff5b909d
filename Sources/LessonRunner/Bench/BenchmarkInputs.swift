import JSONText

/// The folder that the input files of `lessons bench` lie in.
struct BenchmarkInputs {
  let folder: String
  private let files: any FileAccess

  /// The folder that was named, or else `Benchmarks` in the current folder or one above it, or
  /// above the folder of the executable.
  init(named folder: String?, _ environment: CommandEnvironment) throws(CommandError) {
    files = environment.files
    if let folder {
      guard files.entries(of: folder) != nil else { throw CommandError(folder, "no such folder") }
      self.folder = folder
      return
    }
    let starts = [files.currentFolder] + (environment.executable.map { [parent(of: $0)] } ?? [])
    for candidate in starts.flatMap(ancestors).map({ join($0, "Benchmarks") }) {
      // A folder of this name that holds something else is not the one that is meant.
      guard let entries = files.entries(of: candidate),
        entries.contains(where: { $0.hasSuffix(".json") })
      else { continue }
      self.folder = candidate
      return
    }
    throw CommandError(
      "Benchmarks", "no such folder here or above, nor above the executable; --inputs names it")
  }

  /// The top of the input file of a workload.
  func read(_ workload: Workload) throws(CommandError) -> (path: String, content: JSON) {
    let path = join(folder, workload.file + ".json")
    let bytes = try files.read(path, limit: JSON.Limits().bytes)
    do { return (path, try JSON(parsing: bytes)) } catch { throw CommandError(path, "\(error)") }
  }
}

/// A folder and all that it lies in, from the inside out.
private func ancestors(of path: String) -> [String] {
  var found = [path]
  while let last = found.last, case let next = parent(of: last), next != last { found.append(next) }
  return found
}

/// What a path lies in; the root lies in itself.
private func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return path }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func join(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
