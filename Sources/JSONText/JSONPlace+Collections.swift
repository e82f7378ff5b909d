extension JSONPlace {
  /// The elements of the array that stands here, of a given number if one is given.
  public func array(count: Int? = nil) throws(PlaceError) -> [JSONPlace] {
    let values = try elements("values", count: count)
    return values.enumerated().map { element($0, $1) }
  }

  /// The finite numbers of the array that stands here.
  public func numbers(count: Int? = nil) throws(PlaceError) -> [Double] {
    try numbers(count: count) { place throws(PlaceError) in try place.number() }
  }

  /// The probabilities of the array that stands here, which need not sum to one.
  public func probabilities(count: Int? = nil) throws(PlaceError) -> [Double] {
    try numbers(count: count) { place throws(PlaceError) in
      try place.probability()
    }
  }

  /// The whole numbers of the array that stands here, each in a range.
  public func integers(count: Int? = nil, in range: ClosedRange<Int>) throws(PlaceError) -> [Int] {
    var whole: [Int] = []
    for place in try array(count: count) { whole.append(try place.integer(in: range)) }
    return whole
  }

  /// The rows of numbers that stand here, all of one length, the outer index first.
  public func matrix(rows: Int? = nil, columns: Int? = nil) throws(PlaceError) -> [[Double]] {
    try matrix(rows: rows, columns: columns) { place, columns throws(PlaceError) in
      try place.numbers(count: columns)
    }
  }

  /// The rows of probabilities that stand here, all of one length, the outer index first.
  public func probabilityMatrix(
    rows: Int? = nil, columns: Int? = nil
  ) throws(PlaceError) -> [[Double]] {
    try matrix(rows: rows, columns: columns) { place, columns throws(PlaceError) in
      try place.probabilities(count: columns)
    }
  }

  private func matrix(
    rows: Int?, columns: Int?, row: (JSONPlace, Int?) throws(PlaceError) -> [Double]
  ) throws(PlaceError) -> [[Double]] {
    var matrix: [[Double]] = []
    for place in try elements("rows", count: rows).enumerated() {
      let width = columns ?? matrix.first?.count
      matrix.append(try row(element(place.offset, place.element), width))
    }
    return matrix
  }

  private func numbers(
    count: Int?, read: (JSONPlace) throws(PlaceError) -> Double
  ) throws(PlaceError) -> [Double] {
    var numbers: [Double] = []
    for (index, value) in try elements("numbers", count: count).enumerated() {
      numbers.append(try read(element(index, value)))
    }
    return numbers
  }

  private func elements(_ noun: String, count: Int?) throws(PlaceError) -> [JSON] {
    let wanted = count.map { "\($0) " } ?? ""
    guard case .array(let values) = value else {
      throw error(expected: "an array of \(wanted)\(noun)")
    }
    if let count, values.count != count {
      let one = count == 1 ? String(noun.dropLast()) : noun
      throw error("expected \(count) \(one), found \(values.count)")
    }
    return values
  }
}
