public import Verification

/// What of a lesson is wanted, and how it is judged.
public struct RunRequest: Sendable {
  /// The models on which lines are judged.
  public var plan: SearchPlan
  /// The checks wanted: "line", "exercise", "exercise/line" or "lesson/exercise/line".
  public var only: String?
  /// The claims whose checks are wanted; nil for all lines.
  public var claims: Set<String>?
  /// The mistake to judge in place of the answer.
  public var mistake: String?
  /// Whether to find out which mistakes each check catches.
  public var judgesMistakes: Bool
  /// Whether prose, tables and pictures are wanted too.
  public var showsPages: Bool
  /// The width of the page in columns.
  public var width: Int

  /// The whole lesson on two hundred models, unless said otherwise.
  public init(
    plan: SearchPlan = SearchPlan(), only: String? = nil, claims: Set<String>? = nil,
    mistake: String? = nil, judgesMistakes: Bool = false, showsPages: Bool = true, width: Int = 80
  ) {
    self.plan = plan
    self.only = only
    self.claims = claims
    self.mistake = mistake
    self.judgesMistakes = judgesMistakes
    self.showsPages = showsPages
    self.width = width
  }
}

extension Lesson {
  /// The ids of the lines of an exercise that a request asks for; nil for all.
  func wanted(_ exercise: any ExerciseProtocol, _ request: RunRequest) -> Set<String>? {
    if let claims = request.claims {
      return Set(exercise.lines.filter { !claims.isDisjoint(with: $0.claims) }.map(\.id))
    }
    guard let only = request.only else { return nil }
    if only == exercise.id || only == "\(id)/\(exercise.id)" { return nil }
    return Set(
      exercise.lines.map(\.id).filter { line in
        only == line || only == "\(exercise.id)/\(line)" || only == checkID(exercise, line)
      })
  }

  /// The exercises that have a check, or are themselves, of this name.
  public func exercises(named only: String) -> [any ExerciseProtocol] {
    exercises.filter { wanted($0, RunRequest(only: only))?.isEmpty != true }
  }

  /// The exercise whose catalogue has this mistake.
  public func exercise(withMistake name: String) -> (any ExerciseProtocol)? {
    exercises.first { $0.mistakes.contains { $0.name == name } }
  }
}
