/// A piece of a formula as it is written: nothing is reordered, and blanks are pieces, too.
///
/// The tree says how a formula is to be read aloud and set in type, not what it evaluates to: an
/// operator stands between its operands in a row.
indirect enum FormulaNode: Hashable, Sendable {
  /// Blanks between two pieces.
  case blank(String)
  /// Digits, or a fraction that is one character.
  case number(String)
  /// A letter or a name: `q`, `θ`, `q̃`, `ELBO`.
  case symbol(String)
  /// A function that needs no introduction: `log`.
  case function(String)
  /// A word of English.
  case word(String)
  /// `Σ`, `Π`, `∫`, `∂`, `∇` and the d of `d/dλ`, in front of what they work on.
  case operation(String)
  /// A sign between operands, in front of one or behind one.
  case sign(String, FormulaSign)
  /// A row within brackets or bars.
  case group(open: String, [FormulaNode], close: String)
  /// A piece with indices, powers and primes in the order in which they are written.
  case scripted(FormulaNode, [FormulaScript])
  /// `√` and what is under it.
  case root(FormulaNode)
  /// A numerator over a denominator, with the solidus and its blanks as they are written.
  case fraction([FormulaNode], bar: String, [FormulaNode])
}

/// What a sign does where it stands.
enum FormulaSign: Hashable, Sendable {
  case relation
  case operation
  case separator
  case bar
  case solidus
  case prefix
  case postfix
  case ellipsis
}

/// Something small above or below a piece.
struct FormulaScript: Hashable, Sendable {
  /// How a script is written.
  enum Notation: Hashable, Sendable {
    /// After `_` or `^`: between braces, between parentheses, or as it is.
    case braces
    case parentheses
    case bare
    /// In small digits and letters of Unicode: `₁`, `²`, `ᵀ`.
    case small
    /// `′` or `*`, whose spelling is the content.
    case mark
  }

  let isBelow: Bool
  let notation: Notation
  let content: [FormulaNode]
}

extension FormulaNode {
  /// The piece as it is written.
  var text: String {
    switch self {
    case .blank(let text), .number(let text), .symbol(let text), .function(let text),
      .word(let text), .operation(let text), .sign(let text, _):
      text
    case .group(let open, let content, let close): open + content.text + close
    case .scripted(let base, let scripts): base.text + scripts.map(\.text).joined()
    case .root(let content): "√" + content.text
    case .fraction(let above, let bar, let below): above.text + bar + below.text
    }
  }

  var isBlank: Bool { if case .blank = self { true } else { false } }

  /// The piece without its indices, powers and primes.
  var base: FormulaNode { if case .scripted(let base, _) = self { base } else { self } }
}

extension FormulaScript {
  /// The script as it is written.
  var text: String {
    let mark = isBelow ? "_" : "^"
    return switch notation {
    case .braces: mark + "{" + content.text + "}"
    case .parentheses: mark + "(" + content.text + ")"
    case .bare: mark + content.text
    case .small: String(content.text.map { FormulaLetters.small($0, isBelow: isBelow) })
    case .mark: content.text
    }
  }
}

extension [FormulaNode] {
  /// The pieces as they are written.
  var text: String { map(\.text).joined() }
}
