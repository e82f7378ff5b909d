import Verification

/// The verdict over random models in words, in the relation's own measure.
enum VerdictText {
  /// "200 models, worst 3.1e-16 of 5.7e-14 allowed".
  static func passed(_ result: SearchResult) -> String {
    let models = count(result.models)
    guard let worst = result.worst, let relation = result.finding?.relation else { return models }
    return "\(models), " + measure(relation, worst)
  }

  /// "200 models, refused: off by 0.31 where 5.7e-14 is allowed".
  static func refused(_ result: SearchResult) -> String {
    let models = count(result.models)
    if let failure = result.failure { return "\(models), refused: \(failure)" }
    guard let worst = result.worst, let relation = result.finding?.relation else { return models }
    return "\(models), refused: " + complaint(relation, worst)
  }

  private static func count(_ models: Int) -> String {
    models == 1 ? "1 model" : Format.count(models) + " models"
  }

  private static func measure(_ relation: Relation, _ worst: Violation) -> String {
    let gap = "\(Format.brief(worst.gapWorst)) of \(Format.brief(worst.gapAllowed)) allowed"
    switch relation {
    case .equal where worst.allowed == 0: return "the same in all"
    case .equal, .within:
      return "worst \(Format.brief(worst.worst)) of \(Format.brief(worst.allowed)) allowed"
    case .atLeast, .atMost:
      let short = worst.worst > 0 ? "short by \(Format.brief(worst.worst)), " : ""
      return "\(short)gap off by \(gap)"
    case .different: return "difference off by \(gap)"
    case .tends:
      return "order off by \(Format.brief(worst.worst)) of \(Format.brief(worst.allowed)) allowed"
    }
  }

  private static func complaint(_ relation: Relation, _ worst: Violation) -> String {
    let missed = worst.worst > worst.allowed || worst.worst.isNaN
    let by = Format.brief(missed ? worst.worst : worst.gapWorst)
    let allowed = Format.brief(missed ? worst.allowed : worst.gapAllowed)
    guard missed else { return "gap off by \(by) where \(allowed) is allowed" }
    switch relation {
    case .equal, .within: return "off by \(by) where \(allowed) is allowed"
    case .atLeast: return "\(by) below where \(allowed) is allowed"
    case .atMost: return "\(by) above where \(allowed) is allowed"
    case .different: return "too near by \(by)"
    case .tends: return "order off by \(by) where \(allowed) is allowed"
    }
  }
}
