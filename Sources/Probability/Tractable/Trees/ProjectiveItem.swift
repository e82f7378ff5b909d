/// A piece of a projective tree over neighbouring words.
///
/// ```
/// headFirst(i, j)   word i with all of its words from i to j
/// headLast(i, j)    word j with all of its words from i to j
/// onward(i, j)      an edge from i to j, and all that hangs between the two
/// back(i, j)        an edge from j to i, and all that hangs between the two
/// whole(0, n)       the root with its one word, where there is to be only one
/// ```
/// Each piece over more than a word is put together of two, in one way for each place to split. Reference:
/// Eisner 1996.
struct ProjectiveItem: Sendable, Equatable {
  enum Shape: Int, Sendable, CaseIterable {
    case headFirst, headLast, onward, back, whole
  }

  let shape: Shape
  let start: Int
  let end: Int

  init(_ shape: Shape, _ start: Int, _ end: Int) {
    (self.shape, self.start, self.end) = (shape, start, end)
  }

  /// Whether it is one word and nothing below it.
  var isWord: Bool { start == end }

  /// The edge that it adds when it is put together: its head and its modifier.
  func edge(at split: Int) -> (head: Int, modifier: Int)? {
    switch shape {
    case .onward: (start, end)
    case .back: (end, start)
    case .whole: (0, split)
    case .headFirst, .headLast: nil
    }
  }

  /// Where it may be split.
  var splits: Range<Int> {
    switch shape {
    case .headFirst, .whole: (start + 1)..<(end + 1)
    case .headLast, .onward, .back: start..<end
    }
  }

  /// The two pieces of which it is put together.
  func parts(at split: Int) -> (ProjectiveItem, ProjectiveItem) {
    switch shape {
    case .headFirst: (.init(.onward, start, split), .init(.headFirst, split, end))
    case .headLast: (.init(.headLast, start, split), .init(.back, split, end))
    case .onward, .back: (.init(.headFirst, start, split), .init(.headLast, split + 1, end))
    case .whole: (.init(.headLast, 1, split), .init(.headFirst, split, end))
    }
  }
}
