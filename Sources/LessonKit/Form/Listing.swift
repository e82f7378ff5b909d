/// Lines of the real sources, carried in the binary so that a page can show the code that it runs.
///
/// A region of a source file is marked with its lesson and name; `Reference/embed.sh` copies it, and
/// a test compares the copies with the files.
public struct Listing: Sendable, Equatable {
  /// The file, from the top of the package.
  public let file: String
  /// The lines, without the indentation that they share.
  public let text: String

  /// Lines of a file.
  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  /// The lines.
  public var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What changes from this code to a wrong version of it, line by line.
  ///
  /// A longest common subsequence: lines that both have stand unmarked, in the order of both.
  public func difference(to wrong: Listing) -> [(mark: Character, line: String)] {
    let (old, new) = (lines, wrong.lines)
    // length[i][j] = length of the longest common subsequence of old[i...] and new[j...]
    var length = [[Int]](
      repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        length[i][j] =
          old[i] == new[j] ? length[i + 1][j + 1] + 1 : max(length[i + 1][j], length[i][j + 1])
      }
    }
    var result: [(mark: Character, line: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        result.append((" ", old[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || (i < old.count && length[i + 1][j] >= length[i][j + 1]) {
        result.append(("−", old[i]))
        i += 1
      } else {
        result.append(("+", new[j]))
        j += 1
      }
    }
    return result
  }
}
