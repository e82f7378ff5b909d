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

extension ZooExample where Problem == DiscreteProblem {
  /// The answers of all estimators that fit this problem, each with settings to show it with.
  func answer(_ estimators: [DiscreteEstimator] = DiscreteZoo.all) throws -> ZooAnswer {
    let requests = estimators.filter { $0.fits(problem) && $0.isQuick(on: problem) }.map {
      ZooRequest(estimator: $0, settings: $0.shownSettings(on: problem), path: $0.name)
    }
    return try ZooSpec.discrete(problem, requests).answer(.init())
  }
}

extension ZooEstimator where Problem == DiscreteProblem {
  /// The settings of its example; two draws where one formula holds all of them, as many of these say
  /// nothing of one.
  func shownSettings(on problem: DiscreteProblem) -> ZooSettings {
    let settings = exampleSettings(on: problem)
    guard repetition == .together, settings.samples < 2 else { return settings }
    return exampleSettings(on: problem, ["samples": .number(2)])
  }

  /// Whether its moments are at hand at once: integrals over many noises are left to files.
  fileprivate func isQuick(on problem: DiscreteProblem) -> Bool {
    integral == nil || problem.law.parameterCount <= 2
  }
}

/// What `lessons zoo` prints without a file: every estimator on the built-in problems.
struct ZooOverview {
  let tables: [(example: ZooExample<DiscreteProblem>, answer: ZooAnswer)]

  init() throws { tables = try DiscreteZoo.examples.map { ($0, try $0.answer()) } }

  func lines(_ page: TerminalStyle) -> [String] {
    let rendering = TerminalRendering(page)
    var lines = [rendering.heading("gradient estimators", aside: "exactly")]
    for (example, answer) in tables {
      let title = "\(example.name): \(example.words)"
      lines += [""] + rendering.lines(ZooTable(title: title, answer).table)
    }
    lines += [""]
    lines += Wrapping.paragraph(
      """
      Means and total variances of one run, over every outcome: of one draw, or of two where one \
      formula holds all draws. \
      "Biased" and "wrong sign" are said against what each aims at: the gradient of the mean, or of the \
      bound, the divergence or the sum that is named. lessons zoo NAME is the page of one, \
      lessons zoo FILE answers for a problem of yours.
      """, width: page.measure)
    return lines
  }

  var json: JSON {
    .object([
      (
        "problems",
        .array(
          tables.map { example, answer in
            .object(
              [("name", .string(example.name)), ("words", .string(example.words))]
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
