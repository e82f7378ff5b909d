extension JSON {
  /// How much of a stranger's file is read.
  public struct Limits: Sendable, Equatable {
    /// The largest size of a file, in bytes.
    public var bytes: Int
    /// The deepest nesting of arrays and objects.
    public var depth: Int

    /// Limits of 64 MB and 200 levels, unless told otherwise.
    public init(bytes: Int = 64 << 20, depth: Int = 200) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  /// Reads a whole text as one JSON value, strictly by RFC 8259.
  ///
  /// Where the standard leaves a choice the reader refuses rather than guesses: two members of
  /// an object with the same key, numbers beyond the doubles, lone surrogates, a byte order
  /// mark. Numbers are rounded to the nearest double, whole ones too.
  public init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) {
    if bytes.isEmpty { throw JSONError(line: 0, column: 0, reason: .empty) }
    if bytes.count > limits.bytes {
      throw JSONError(
        line: 0, column: 0, reason: .tooLarge(bytes: bytes.count, limit: limits.bytes))
    }
    var reader = JSONReader(bytes, deepest: limits.depth)
    self = try reader.document()
  }

  /// Reads a whole text as one JSON value, strictly by RFC 8259.
  public init(parsing text: String, limits: Limits = Limits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}
