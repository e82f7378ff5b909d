import Interchange
import JSONText

/// What is wrong with an answer, whatever the right one is: the form of it, and the laws that hold
/// for the answers to every model.
func complaints(about answer: OracleAnswer, to spec: JSON) -> [String] {
  var check = AnswerCheck(spec: spec, answer: .object(answer.members))
  check.finiteness(.object(answer.members), "")
  let whole = answer.json
  if (try? JSON(parsing: whole.text())) != whole.withWordsForInfinity {
    check.complaints.append("its text does not read back")
  }
  check.work(answer)
  check.sections(answer.sections)
  check.model()
  check.questions()
  return check.complaints
}

/// The laws, and what was found against them.
struct AnswerCheck {
  let spec: JSON
  let answer: JSON
  var complaints: [String] = []

  /// Where a logarithm stands, and with it the only infinity that there may be.
  static let logarithms: Set = [
    "logEvidence", "logPartition", "expectedLogEvidence", "afterContinuous",
  ]

  mutating func require(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds, complaints.count < 5 { complaints.append(message()) }
  }

  mutating func finiteness(_ value: JSON, _ path: String, key: String = "") {
    switch value {
    case .number(let number):
      let isLogOfZero = number == -.infinity && AnswerCheck.logarithms.contains(key)
      require(number.isFinite || isLogOfZero, "\(path) is \(number)")
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        finiteness(element, "\(path)[\(index)]", key: key)
      }
    case .object(let members):
      for member in members { finiteness(member.value, "\(path).\(member.key)", key: member.key) }
    default: break
    }
  }

  mutating func work(_ answer: OracleAnswer) {
    require(!answer.route.isEmpty, "no route")
    require(!answer.work.isEmpty, "no work")
    for (name, count) in answer.work {
      require(count >= 0 && count.isFinite, "work: \(count) \(name)")
    }
  }

  mutating func sections(_ sections: [OracleSection]) {
    for section in sections {
      switch section {
      case .line(let label, let value): require(!value.isNaN, "line \(label) is \(value)")
      case .note(let text): require(!text.isEmpty, "an empty note")
      case .bars(let title, let labels, let values):
        require(labels.count == values.count, "bars \(title): labels and values")
        require(values.allSatisfy(\.isFinite), "bars \(title): \(values)")
      case .table(let title, let columns, let rows):
        for row in rows {
          let values = row.values ?? []
          require(!values.contains { $0.isNaN }, "table \(title), row \(row.label): \(values)")
          require(
            row.values == nil || values.count == columns.count - 1,
            "table \(title), row \(row.label): \(values.count) values, \(columns.count) columns")
        }
      case .omitted(let count): require(count > 0, "\(count) omitted")
      }
    }
  }
}

// MARK: Steps of the laws

extension AnswerCheck {
  /// Numbers from zero to one that sum to one.
  mutating func distribution(_ value: JSON, count: Int, _ path: String) {
    let numbers = probabilities(value, count: count, path)
    let sum = numbers.reduce(0, +)
    require(abs(sum - 1) <= 1e-9, "\(path) sums to \(sum)")
  }

  /// Numbers from zero to one; weights that are differences of logarithms of some hundred may be 1 and 1e-12.
  @discardableResult
  mutating func probabilities(_ value: JSON, count: Int, _ path: String) -> [Double] {
    let numbers = value.elements.compactMap(\.double)
    require(numbers.count == count, "\(path): \(numbers.count) numbers instead of \(count)")
    for number in numbers where !(0...(1 + 1e-12) ~= number) {
      require(false, "\(path) holds the probability \(number)")
    }
    return numbers
  }

  /// Close to `want` as far as sums of so many terms can be.
  mutating func close(_ got: Double, _ want: Double, _ message: String) {
    require(abs(got - want) <= 1e-9 * max(1, want.magnitude), "\(message): \(got), not \(want)")
  }
}

extension JSON {
  /// As it reads back: minus infinity is written as a word.
  fileprivate var withWordsForInfinity: JSON {
    mapped { _, value in value.double == -.infinity ? .string("-inf") : value }
  }
}
