import FoundationEssentials

/// A folder that a program under judgement starts in and may write to, gone when it is done.
struct Workplace {
  /// Its path.
  let folder: String

  init() throws(CommandError) {
    let files = FileManager.default
    let name =
      files.temporaryDirectory.path
      + "/tightbound-\(ProcessInfo.processInfo.processIdentifier)"
    // Another thread, or an earlier process of this number, may have the first ones.
    for number in 0..<10_000 {
      let folder = "\(name)-\(number)"
      do {
        try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
        // The program may run as another user, who owns nothing here.
        try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        self.folder = folder
        return
      } catch { continue }
    }
    throw CommandError(name, "this folder cannot be made")
  }

  /// A folder in it that is all that a program may write to.
  func scratch() throws(CommandError) -> String {
    let files = FileManager.default
    let path = folder + "/scratch"
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    } catch { throw CommandError(path, "this folder cannot be made") }
    return path
  }

  /// Removes the folder with all that is in it.
  func clear() { try? FileManager.default.removeItem(atPath: folder) }
}
