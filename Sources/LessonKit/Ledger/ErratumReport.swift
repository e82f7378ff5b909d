/// An erratum with its numbers, where a lesson shows them.
public struct ErratumReport: Sendable {
  /// How far an erratum has been put to the test.
  public enum Outcome: Sendable {
    /// All forms were evaluated.
    case shown(lesson: String, model: String, ErratumCase.Comparison)
    /// Its code failed.
    case failed(lesson: String, reason: String)
    /// No lesson shows it yet.
    case later
    /// It is about words alone.
    case wordingOnly
  }

  /// The erratum.
  public let erratum: Erratum
  /// What came out.
  public let outcome: Outcome

  /// Evaluates errata by the cases that lessons have.
  public static func reports(_ errata: [Erratum], lessons: [Lesson]) -> [ErratumReport] {
    errata.map { erratum in
      for lesson in lessons {
        guard let test = lesson.errata.first(where: { $0.id == erratum.id }) else { continue }
        do {
          let numbers = try test.evaluate()
          return ErratumReport(
            erratum: erratum, outcome: .shown(lesson: lesson.id, model: test.model, numbers))
        } catch {
          return ErratumReport(
            erratum: erratum, outcome: .failed(lesson: lesson.id, reason: "\(error)"))
        }
      }
      return ErratumReport(
        erratum: erratum, outcome: erratum.isWordingOnly ? .wordingOnly : .later)
    }
  }

  /// Whether the correction agrees with its independent route, where there are numbers.
  public var holds: Bool {
    switch outcome {
    case .shown(_, _, let numbers): numbers.holds
    case .failed: false
    case .later, .wordingOnly: true
    }
  }
}
