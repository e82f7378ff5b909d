/// A formula as a tree, read from the notation in which lessons are written.
///
/// The notation is Unicode in one line: `E_q[log p(x|z)] − KL(q‖p(z)) = ELBO(q)`. Indices follow
/// `_`, powers `^`, longer ones in braces or parentheses; small digits are both. What was read can
/// be written back, character by character, and as MathML.
///
///     let formula = try Formula("KL(q‖p) = Σ_z q(z) log q(z)/p(z)")
///     formula.text       // the same string
///     formula.symbols    // ["KL", "q", "p", "z"]
///     formula.mathML(display: true)
public struct Formula: Hashable, Sendable {
  let row: [FormulaNode]
  let names: Set<String>

  /// Reads a formula.
  ///
  /// - Parameters:
  ///   - text: one line in the notation of lessons.
  ///   - names: names of several letters that are symbols where nothing sticks to them.
  /// - Throws: the column where the text stops being a formula, and what was expected there.
  public init(_ text: String, names: Set<String> = Formula.names) throws(FormulaError) {
    var parser = FormulaParser(text, names: names)
    row = try parser.formula()
    self.names = names
  }

  /// The formula that a line of prose is; nothing if it is a table, code or a command.
  public static func parse(_ text: String, names: Set<String> = Formula.names) -> Formula? {
    try? Formula(text, names: names)
  }

  init(row: [FormulaNode], names: Set<String>) {
    self.row = row
    self.names = names
  }

  /// The formula as it was written, blanks included.
  public var text: String { row.text }
}

// MARK: Names

extension Formula {
  /// Functions with a name of several letters that everybody knows.
  static let functions: Set<String> = [
    "log", "exp", "max", "min", "argmax", "argmin", "sin", "cos", "cosh", "lim", "det", "tr", "sup",
    "inf",
    "sign",
  ]

  /// What needs no introduction: functions of school, and e where it has a power.
  public static let wellKnown: Set<String> = functions.union(["e", "∞"])

  /// Names of several letters that are symbols wherever they stand; other words are text unless an
  /// index, a prime, a power or a bracket sticks to them.
  public static let names: Set<String> = [
    "ELBO", "KL", "Var", "Cov", "Bern", "Cat", "softmax", "sigmoid", "logit", "gap",
  ]
}
