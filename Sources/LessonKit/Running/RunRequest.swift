public import Verification

/// What of a lesson is wanted, and how it is judged.
public struct RunRequest: Sendable {
  /// The problems on which checks are judged.
  public var plan: SearchPlan
  /// The checks wanted: "check", "exercise", "exercise/check" or "lesson/exercise/check".
  public var only: String?
  /// The sections wanted, by name; nil for all.
  public var sections: Set<String>?
  /// The claims whose checks are wanted; nil for all checks.
  public var claims: Set<String>?
  /// The mistake to judge in place of the answer.
  public var mistake: String?
  /// Whether to find out which mistakes each check catches.
  public var judgesMistakes: Bool
  /// Whether prose, tables and pictures are wanted too.
  public var showsPages: Bool
  /// Whether every check is shown in full, the special cases too.
  public var showsAll: Bool
  /// Whether claims and names of checks stand at the edge of the page.
  public var showsClaims: Bool
  /// The width of the page in columns.
  public var width: Int

  /// Whether only a part of a lesson is asked for, and so no page around it.
  public var isPart: Bool { mistake != nil || only != nil }

  /// The whole lesson on two hundred models, unless said otherwise.
  public init(
    plan: SearchPlan = SearchPlan(), only: String? = nil, claims: Set<String>? = nil,
    mistake: String? = nil, judgesMistakes: Bool = false, showsPages: Bool = true,
    showsAll: Bool = false, showsClaims: Bool = false, width: Int = 80
  ) {
    self.plan = plan
    self.only = only
    self.claims = claims
    self.mistake = mistake
    self.judgesMistakes = judgesMistakes
    self.showsPages = showsPages
    self.showsAll = showsAll
    self.showsClaims = showsClaims
    self.width = width
  }
}

extension Lesson {
  /// The ids of the checks of an inquiry that a request asks for; nil for all.
  func wanted(_ inquiry: any Inquiry, _ request: RunRequest) -> Set<String>? {
    if let claims = request.claims {
      return Set(inquiry.checks.filter { !claims.isDisjoint(with: $0.claims) }.map(\.id))
    }
    guard let only = request.only else { return nil }
    if only == inquiry.id || only == "\(id)/\(inquiry.id)" { return nil }
    return Set(
      inquiry.checks.map(\.id).filter { check in
        only == check || only == "\(inquiry.id)/\(check)" || only == checkID(inquiry, check)
      })
  }

  /// The derivations and exercises that have a check, or are themselves, of this name.
  public func inquiries(named only: String) -> [any Inquiry] {
    inquiries.filter { wanted($0, RunRequest(only: only))?.isEmpty != true }
  }

  /// The derivation or exercise whose catalogue has this mistake.
  public func inquiry(withMistake name: String) -> (any Inquiry)? {
    inquiries.first { $0.mistakes.contains { $0.name == name } }
  }
}
