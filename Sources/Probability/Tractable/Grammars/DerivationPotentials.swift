/// The derivations of n words by rules that make pairs of symbols, single symbols and words.
///
/// ```
/// score(t) = Σ_{parts of t} logWeight,      p(t) = exp(score(t)) / Z
/// ```
/// A grammar with its sentence filled in is one whose Z is the evidence.
public struct DerivationPotentials: Sendable, Equatable {
  /// A rule by which a symbol becomes two, wherever it stands.
  public struct Pair: Sendable, Equatable {
    /// The symbol that is rewritten.
    public let left: Int
    /// The first of the two.
    public let first: Int
    /// The second.
    public let second: Int
    /// Its log weight; −∞ forbids it.
    public let logWeight: Double

    /// A rule by the numbers of its symbols.
    package init(left: Int, first: Int, second: Int, logWeight: Double) {
      (self.left, self.first, self.second) = (left, first, second)
      self.logWeight = logWeight
    }
  }

  /// A rule by which a symbol becomes one other symbol, over the same words.
  public struct Unary: Sendable, Equatable {
    /// The symbol that is rewritten.
    public let left: Int
    /// What it becomes.
    public let only: Int
    /// Its log weight; −∞ forbids it.
    public let logWeight: Double

    /// A rule by the numbers of its symbols.
    package init(left: Int, only: Int, logWeight: Double) {
      (self.left, self.only) = (left, only)
      self.logWeight = logWeight
    }
  }

  /// A way in which a symbol becomes the word at a place.
  public struct Leaf: Sendable, Equatable {
    /// The symbol that is rewritten.
    public let symbol: Int
    /// The place of the word.
    public let place: Int
    /// Its log weight; −∞ forbids it.
    public let logWeight: Double

    /// A leaf by its symbol and place.
    package init(symbol: Int, place: Int, logWeight: Double) {
      (self.symbol, self.place) = (symbol, place)
      self.logWeight = logWeight
    }
  }

  /// The number of symbols.
  public let symbolCount: Int
  /// The symbol from which all words come.
  public let start: Int
  /// n, the number of words.
  public let length: Int
  /// The rules that make pairs.
  public let pairs: [Pair]
  /// The ways in which symbols become words.
  public let leaves: [Leaf]
  /// The rules that make one symbol; their chains must not weigh infinitely much.
  public let unaries: [Unary]

  /// Derivations whose symbols and places are known to exist.
  package init(
    symbolCount: Int, start: Int, length: Int, pairs: [Pair], leaves: [Leaf], unaries: [Unary] = []
  ) {
    self.symbolCount = symbolCount
    self.start = start
    self.length = length
    self.pairs = pairs
    self.leaves = leaves
    self.unaries = unaries
  }
}

/// What a derivation is made of.
public enum DerivationPart: Sendable, Hashable {
  /// One of ``DerivationPotentials/pairs``, over the words start ..< end, the second from the middle on.
  case pair(Int, start: Int, middle: Int, end: Int)
  /// One of ``DerivationPotentials/leaves``.
  case leaf(Int)
  /// One of ``DerivationPotentials/unaries``, over the words start ..< end.
  case unary(Int, start: Int, end: Int)
}

/// One weight for every symbol and every span of words.
public struct SpanTable<S: Semiring>: Sendable {
  @usableFromInline let width: Int
  @usableFromInline let symbols: Int
  @usableFromInline var values: [S]

  /// Zero everywhere.
  @inlinable
  package init(length: Int, symbols: Int) {
    width = length + 1
    self.symbols = symbols
    values = Array(repeating: .zero, count: width * width * symbols)
  }

  /// The weight of a symbol over the words start ..< end.
  @inlinable
  public subscript(symbol: Int, start: Int, end: Int) -> S {
    get { values[(start * width + end) * symbols + symbol] }
    set { values[(start * width + end) * symbols + symbol] = newValue }
  }
}
