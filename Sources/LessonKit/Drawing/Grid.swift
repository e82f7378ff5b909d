public import Probability

extension Drawing {
  /// A table of shaded cells with names on its sides.
  public struct Panel: Sendable, Equatable {
    /// What it shows.
    public let name: String
    /// The names of its rows.
    public let rows: [String]
    /// The names of its columns.
    public let columns: [String]
    /// Its values, a list a row.
    public let values: [[Double]]

    /// A table of values to be shaded.
    public init(_ name: String, rows: [String], columns: [String], values: [[Double]]) {
      self.name = name
      self.rows = rows
      self.columns = columns
      self.values = values
    }
  }

  /// Steps from cell to cell over a surface.
  public struct Path: Sendable, Equatable {
    /// A cell, and where exactly in the plane of rows and columns the point is.
    public struct Point: Sendable, Equatable {
      /// The row, from the top; a fraction lies between rows.
      public let row: Double
      /// The column, from the left.
      public let column: Double

      /// A point of a path.
      public init(row: Double, column: Double) {
        self.row = row
        self.column = column
      }
    }

    /// Whose steps they are.
    public let name: String
    /// The character that marks them.
    public let glyph: Character
    /// Where they lead.
    public let points: [Point]
    /// What it stands for.
    public let ink: Ink

    /// A path.
    public init(_ name: String, glyph: Character, ink: Ink = .q, _ points: [Point]) {
      self.name = name
      self.glyph = glyph
      self.points = points
      self.ink = ink
    }
  }

  /// Shaded cells in panels on one scale.
  public struct Grid: Sendable, Equatable {
    /// The panels.
    public let panels: [Panel]
    /// Paths over the first panel.
    public let paths: [Path]
    /// The decimals of the numbers in the cells, and of the scale.
    public let decimals: Int
    /// Whether the scale starts at the smallest value instead of at zero: a surface.
    public let isSurface: Bool
    /// What the rows and what the columns are, for a surface.
    public let axes: [String]
  }

  /// Shaded cells, with panels side by side on one scale: a posterior and its mean-field shadow.
  ///
  /// The largest value of all panels is drawn black. Numbers stand beside the shades where there
  /// is room for them; panels go below each other where they do not fit beside each other.
  public static func grid(
    _ title: String, _ panels: [Panel], decimals: Int = 3, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    let grid = Grid(panels: panels, paths: [], decimals: decimals, isSurface: false, axes: [])
    return Picture(title: title, .grid(grid), kind: kind, caption: caption)
  }

  /// Functions over a plane as shades from the smallest to the largest value, side by side, with
  /// paths over the first.
  public static func surface(
    _ title: String, _ panels: [Panel], paths: [Path] = [], axes: (rows: String, columns: String),
    decimals: Int = 2, kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    let grid = Grid(
      panels: panels, paths: paths, decimals: decimals, isSurface: true,
      axes: [axes.rows, axes.columns])
    return Picture(title: title, .grid(grid), kind: kind, caption: caption)
  }
}
