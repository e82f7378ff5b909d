/// What a check is to the argument that a page makes.
///
/// Steps are shown in full, one following from the one above. Consequences are shown as a line.
/// Special cases and asides are folded into one line that names them, and errata stand in the
/// section at the end of the lesson; `run --all` and the JSON show everything.
public enum Role: String, Sendable, CaseIterable {
  /// A line of the derivation.
  case step
  /// What follows from the derivation and is worth a line of its own.
  case consequence
  /// The statement at an edge: a flat prior, a certain q, a likelihood of zero.
  case specialCase = "special case"
  /// A printed form of a lecture that does not hold, with what does.
  case erratum
  /// What is true and near, and leads elsewhere.
  case aside

  /// "special cases", for a line that counts them.
  var plural: String {
    switch self {
    case .step: "steps"
    case .consequence: "consequences"
    case .specialCase: "special cases"
    case .erratum: "errata"
    case .aside: "asides"
    }
  }
}
