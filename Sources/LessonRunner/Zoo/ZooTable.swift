import Approximate
import Exact
import Interchange
import JSONText
import LessonKit
import Models
import Probability

/// Estimators of one problem as a table, the least variance first.
struct ZooTable {
  let title: String
  let gradient: [Double]?
  let rows: [ZooRow]

  init(title: String, _ answer: ZooAnswer) {
    self.title = title
    gradient = answer.gradient
    rows = answer.rows.sorted { ($0.totalVariance ?? .infinity) < ($1.totalVariance ?? .infinity) }
  }

  /// The table, the exact gradient on top.
  var table: Table {
    let exact: [Table.Cell] = [
      .text("exact gradient"), .text(gradient.map(Self.short) ?? "undefined"), .text("0"), .empty,
    ]
    return Table(
      title: title, columns: ["estimator", "mean", "variance", ""],
      rows: [exact]
        + rows.map { row in
          [
            .text(row.name), .text(row.mean.map(Self.short) ?? "undefined"),
            .text(row.totalVariance.map { Format.short($0, digits: 3) } ?? "undefined"),
            .text(row.remark),
          ]
        })
  }

  /// The same for a reader who puts rows in order.
  func sortable(id: String) -> SortableTable {
    SortableTable(
      id: id, title: id,
      about: title + "; the exact gradient is " + (gradient.map(Self.short) ?? "undefined") + ".",
      columns: ["estimator", "mean", "bias", "variance", "what is said of it"],
      rows: rows.map { row in
        let bias =
          row.fault == .none ? 0 : row.bias.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return [
          .init(row.name), .init(row.mean.map(Self.short) ?? "undefined"),
          .init(bias.map { Format.short($0, digits: 3) } ?? "", order: bias),
          .init(
            row.totalVariance.map { Format.short($0, digits: 3) } ?? "", order: row.totalVariance),
          .init(row.remark.isEmpty ? "unbiased" : row.remark),
        ]
      })
  }

  static func short(_ numbers: [Double]) -> String {
    numbers.map { Format.short($0, digits: 3) }.joined(separator: " ")
  }
}

extension ZooRow {
  /// The trace of the covariance.
  var totalVariance: Double? { variances.map { $0.reduce(0, +) } }

  /// How the mean stands to the target, beyond rounding.
  var fault: ZooFault {
    guard let mean, let exact, let covariance else { return .undefined }
    let size = mean.indices.map { covariance[$0][$0].squareRoot() + abs(mean[$0]) + abs(exact[$0]) }
    let isOff = mean.indices.contains {
      abs(mean[$0] - exact[$0]) > 1e-10 * size[$0] + 2 * (errorBound ?? 0)
    }
    guard isOff else { return .none }
    // A mean that is zero but for rounding has no sign.
    let isReversed = mean.indices.contains {
      mean[$0] * exact[$0] < 0 && abs(mean[$0]) > 1e-10 * size[$0]
    }
    return isReversed ? .wrongSign : .biased
  }

  /// What the table says of a row.
  var remark: String {
    let aim = target == "objective" ? [] : ["of \(target)"]
    return (fault.words + aim).joined(separator: " ")
  }
}

/// How a mean stands to what it should be.
enum ZooFault: Sendable {
  case none, biased, wrongSign, undefined

  var words: [String] {
    switch self {
    case .none, .undefined: []
    case .biased: ["biased"]
    case .wrongSign: ["wrong sign"]
    }
  }
}

// MARK: The built-in problems

/// What `lessons zoo` prints without a file: every estimator on the built-in problems.
struct ZooOverview {
  /// A problem in words, and what all estimators that fit it do there.
  typealias Shown = (name: String, words: String, answer: ZooAnswer)

  let tables: [Shown]

  init() throws {
    tables =
      try Self.shown(DiscreteProblem.examples) + Self.shown(GaussianProblem.examples)
  }

  private static func shown<Problem: ZooPaged>(
    _ examples: [ZooExample<Problem>]
  ) throws -> [Shown] {
    try examples.concurrentMap { example in
      Result { (example.name, example.words, try example.answer()) as Shown }
    }.map { try $0.get() }
  }

  func lines(_ page: TerminalStyle) -> [String] {
    let rendering = TerminalRendering(page)
    var lines = [rendering.heading("gradient estimators", aside: "exactly")]
    for (name, words, answer) in tables {
      let title = "\(name): \(words)"
      lines += [""] + rendering.lines(ZooTable(title: title, answer).table)
    }
    lines += [""]
    lines += Wrapping.paragraph(
      """
      Means and total variances of one run, over every outcome or by quadrature: of one draw, or of two \
      where one formula holds all draws. For a Gaussian the gradient is by its mean and its log standard \
      deviation. \
      "Biased" and "wrong sign" are said against what each aims at: the gradient of the mean, or of the \
      bound, the divergence or the sum that is named. lessons zoo NAME is the page of one, \
      lessons zoo FILE answers for a problem of yours.
      """, width: page.measure)
    return lines
  }

  /// The same for the book.
  var book: Book.Zoo {
    Book.Zoo(
      prose: """
        A gradient estimator is judged by its mean and its variance. Here both are exact: every outcome of \
        an estimator's own draws is visited, and what is continuous is integrated. “Biased” and “wrong sign” \
        are said against what each aims at: the gradient of the mean, or of the bound that is named. \
        The bias is the length of the difference of the means; the variance is summed over the components, \
        of one draw, or of two where one formula holds all draws. The head of a column puts the rows in \
        its order.

            lessons zoo disarm
        """,
      tables: tables.map { name, words, answer in
        ZooTable(title: words, answer).sortable(id: name)
      })
  }

  var json: JSON {
    .object([
      (
        "problems",
        .array(
          tables.map { name, words, answer in
            .object(
              [("name", .string(name)), ("words", .string(words))]
                + (answer.json.members ?? []))
          })
      )
    ])
  }
}

extension JSON {
  /// The members of an object.
  var members: [(key: String, value: JSON)]? {
    if case .object(let members) = self { members } else { nil }
  }
}
