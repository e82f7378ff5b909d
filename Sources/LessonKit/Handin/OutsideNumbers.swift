public import JSONText
import Probability

extension JSON {
  /// A number that may be infinite, as the protocol writes it: "-inf" in words.
  public static func given(_ value: Double) -> JSON {
    value.isFinite ? .number(value) : .string(value.isNaN ? "nan" : value > 0 ? "inf" : "-inf")
  }

  /// Numbers that may be infinite.
  public static func given(_ values: some Sequence<Double>) -> JSON {
    .array(values.map { given($0) })
  }

  /// Rows of numbers that may be infinite.
  public static func given(_ rows: some Sequence<[Double]>) -> JSON {
    .array(rows.map { given($0) })
  }

  /// A count.
  public static func given(_ count: Int) -> JSON { .integer(count) }

  /// The number that a program returned; nil where it is none.
  var outsideNumber: Double? {
    switch self {
    case .number(let number): number
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("nan"): .nan
    // One number in a list is that number: arrays of one entry are what array libraries return.
    case .array(let list) where list.count == 1: list[0].outsideNumber
    default: nil
    }
  }

  /// The list of so many numbers that a program returned.
  func outsideNumbers(_ count: Int) throws(OutsideFault) -> [Double] {
    let wanted = count == 1 ? "a number" : "a list of \(count) numbers"
    let entries: [JSON] =
      switch self {
      case .array(let list) where count != 1 || list.count != 1: list
      default: [self]
      }
    guard entries.count == count else {
      throw .failed("expected \(wanted), found \(shape)")
    }
    var numbers: [Double] = []
    for entry in entries {
      guard let number = entry.outsideNumber else {
        throw .failed("expected \(wanted), found \(shape)")
      }
      guard !number.isNaN else {
        let place = count == 1 ? "the result" : "number \(numbers.count + 1) of the result"
        throw .failed("\(place) is nan")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The lists of numbers, of these lengths, that a program returned.
  func outsideRows(_ counts: [Int]) throws(OutsideFault) -> [[Double]] {
    guard case .array(let rows) = self, rows.count == counts.count else {
      throw .failed("expected \(counts.count) lists of numbers, found \(shape)")
    }
    var all: [[Double]] = []
    for (row, count) in zip(rows, counts) {
      do { all.append(try row.outsideNumbers(count)) } catch {
        throw .failed("row \(all.count + 1) of the result: \(error.words)")
      }
    }
    return all
  }

  /// The things that a program picked, by their numbers from 0.
  func outsidePicks(among count: Int) throws(OutsideFault) -> [Int] {
    let entries: [JSON] = if case .array(let list) = self { list } else { [self] }
    guard entries.count <= 16 * count else {
      throw .failed("\(entries.count) things are picked, where there are \(count)")
    }
    var picks: [Int] = []
    for entry in entries {
      guard let number = entry.outsideNumber else {
        throw .failed("expected a list of whole numbers, found \(shape)")
      }
      guard let pick = Int(exactly: number), (0..<count).contains(pick) else {
        throw .failed(
          "number \(picks.count + 1) of the result is \(Format.short(number)): expected a whole number "
            + "from 0 to \(count - 1)")
      }
      picks.append(pick)
    }
    return picks
  }

  /// What somebody returned, in a few words.
  private var shape: String {
    switch self {
    case .null: "nothing"
    case .bool: "true or false"
    case .number(let number): "the number \(Format.short(number))"
    case .string: "words"
    case .object: "names with values"
    case .array(let list):
      if list.isEmpty {
        "an empty list"
      } else if case .array(let first) = list[0] {
        list.count == 1
          ? "one list in a list, of \(first.count)"
          : "\(list.count) lists, the first of \(first.count)"
      } else {
        "a list of \(list.count)"
      }
    }
  }
}
