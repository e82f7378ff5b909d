extension JSONPlace {
  /// The finite number that stands here.
  public func number() throws(PlaceError) -> Double {
    guard case .number(let number) = value, number.isFinite else {
      throw error(expected: "a finite number")
    }
    return number
  }

  /// The number above zero that stands here.
  public func positiveNumber() throws(PlaceError) -> Double {
    let number = try number()
    guard number > 0 else { throw error(expected: "a number above 0") }
    return number
  }

  /// The number from zero to one, both included, that stands here.
  public func probability() throws(PlaceError) -> Double {
    let number = try number()
    guard 0...1 ~= number else { throw error(expected: "a probability between 0 and 1") }
    return number
  }

  /// The whole number that stands here.
  public func integer() throws(PlaceError) -> Int {
    // Beyond 2^53 a double no longer says which whole number was written.
    guard case .number(let number) = value, let whole = Int(exactly: number),
      whole.magnitude <= 1 << 53
    else { throw error(expected: "a whole number") }
    return whole
  }

  /// The whole number of a range that stands here.
  public func integer(in range: ClosedRange<Int>) throws(PlaceError) -> Int {
    guard let whole = try? integer(), range ~= whole else {
      throw error(expected: "a whole number \(words(for: range))")
    }
    return whole
  }

  /// The index of one of `count` things that stands here.
  public func index(below count: Int) throws(PlaceError) -> Int {
    guard count > 0 else { throw error(expected: "no index (there is nothing to point at)") }
    return try integer(in: 0...(count - 1))
  }

  /// The string that stands here.
  public func string() throws(PlaceError) -> String {
    guard case .string(let text) = value else { throw error(expected: "a string") }
    return text
  }

  /// The string that stands here, one of a few.
  public func string(among names: [String]) throws(PlaceError) -> String {
    let text = try string()
    if names.contains(text) { return text }
    if let name = nearest(to: text, among: names) {
      throw error("unknown name \(excerpt(of: text)) (did you mean \"\(name)\"?)")
    }
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    throw error(expected: "one of \(list)")
  }

  /// The truth value that stands here.
  public func bool() throws(PlaceError) -> Bool {
    guard case .bool(let flag) = value else { throw error(expected: "true or false") }
    return flag
  }

  /// Whether null stands here.
  public var isNull: Bool { value == .null }
}

private func words(for range: ClosedRange<Int>) -> String {
  switch (range.lowerBound, range.upperBound) {
  case (0, .max): "that is not negative"
  case (let least, .max): "of at least \(least)"
  case (.min, let most): "of at most \(most)"
  case (let least, let most): "between \(least) and \(most)"
  }
}
