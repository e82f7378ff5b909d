/// A table whose rows a reader can put in order by any column.
public struct SortableTable: Sendable, Equatable {
  /// A cell, and the number that it is put in order by; words are in order of letters.
  public struct Cell: Sendable, Equatable {
    /// What is read.
    public let text: String
    /// What it is put in order by.
    public let order: Double?

    /// Words, or a number in words with its value.
    public init(_ text: String, order: Double? = nil) {
      self.text = text
      self.order = order
    }
  }

  let id: String
  let title: String
  let about: String
  let columns: [String]
  /// The rows, in the order in which they are read without a script.
  public let rows: [[Cell]]

  /// A table in the order in which it is read without a script.
  ///
  /// - Parameters:
  ///   - id: the anchor, one word with hyphens.
  ///   - title: what is tabulated.
  ///   - about: a sentence above it.
  ///   - columns: the heads.
  ///   - rows: as long as the columns.
  public init(id: String, title: String, about: String, columns: [String], rows: [[Cell]]) {
    self.id = id
    self.title = title
    self.about = about
    self.columns = columns
    self.rows = rows
  }
}

extension Book {
  /// The estimators side by side: exact means and variances, made by whoever writes the book.
  public struct Zoo: Sendable, Equatable {
    let prose: String
    /// The tables, one a problem.
    public let tables: [SortableTable]

    /// Tables with what is said above them.
    public init(prose: String, tables: [SortableTable]) {
      self.prose = prose
      self.tables = tables
    }
  }

  /// The page of the estimators.
  var zooPage: String {
    var body = HTML.tag("h1", [:], "Gradient estimators") + text.prose(zoo.prose)
    for table in zoo.tables {
      body +=
        BookFrame.heading(table.id, HTML(table.title))
        + .tag("p", [:], text.inline(table.about)) + text.table(table)
    }
    return BookFrame.page(
      title: "Gradient estimators", contents: zoo.tables.map { ($0.id, HTML($0.title)) },
      body: body, hasSliders: true)
  }
}

extension BookText {
  /// A table for the script to put in order; a number's column keeps to the right.
  func table(_ table: SortableTable) -> HTML {
    let areNumbers = table.columns.indices.map { column in
      table.rows.contains { $0[column].order != nil }
    }
    let heads = table.columns.enumerated().map { column, head -> HTML in
      .tag("th", ["scope": "col", "class": areNumbers[column] ? "n" : nil], inline(head))
    }
    let rows = table.rows.map { row -> HTML in
      .tag(
        "tr", [:],
        row.enumerated().map { column, cell -> HTML in
          .tag(
            "td",
            ["class": areNumbers[column] ? "n" : nil, "data-n": cell.order.map { "\($0)" }],
            HTML(cell.text))
        })
    }
    return .tag(
      "figure", ["class": "table"],
      .tag(
        "div", ["class": "scroll"],
        .tag(
          "table", ["class": "sortable"], .tag("thead", [:], .tag("tr", [:], heads)),
          .tag("tbody", [:], rows))))
  }
}
