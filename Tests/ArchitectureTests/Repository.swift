import Foundation

/// A text file of the repository.
struct SourceFile: Sendable {
  let path: String
  let text: String
  let tokens: [Token]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    self.tokens = path.hasSuffix(".swift") ? ArchitectureTests.tokens(of: text) : []
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All text files, build products and the history left out.
  static let files: [SourceFile] = {
    let left: Set = [".build", ".git", ".swiftpm", ".DS_Store", "DerivedData"]
    let found = FileManager.default.enumerator(atPath: root.path)
    var files: [SourceFile] = []
    while let path = found?.nextObject() as? String {
      if left.contains((path as NSString).lastPathComponent) {
        found?.skipDescendants()
      } else if let text = try? String(
        contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      {
        files.append(SourceFile(path: path, text: text))
      }
    }
    return files.sorted { $0.path < $1.path }
  }()

  static func text(_ path: String) -> String? { files.first { $0.path == path }?.text }
}
