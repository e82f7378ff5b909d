import Approximate
import Interchange
import JSONText
import Models
import Probability

extension Option {
  static let maxOutcomes = Option(
    name: "--max-outcomes", value: "N",
    help: "largest number of outcomes that an estimator may have (default 10000000)")
}

extension Command {
  /// The exact moments of the estimators of a case.
  static let moments = Command(
    name: "moments", usage: "moments FILE | -",
    summary: "exact mean, variance and bounds of gradient estimators",
    details: """
      Reads an estimator case: a latent-factor model with one document, a factorised q and a \
      constant baseline. Runs the score-function estimators of the library, the same code that \
      trains, on every outcome of their random choices, and shows their exact mean and variance \
      for S = 1 and S = 2 samples, the exact gradient, and the importance-weighted bounds.

      With --mistake a wrong implementation of lesson 04-nvil takes the place of the estimators \
      that it concerns; the exit status is 1 if that is seen in mean, covariance or outcomes.

      With --part I/N one part of the outcomes is visited, and lessons merge puts the parts together.

          lessons moments case.json --json
          lessons moments case.json --mistake wrong-sign
      """,
    options: [.mistake, .maxOutcomes, .part, .output, .json]
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let file = try invocation.word(
      0, missing: "which case? A file, or - for standard input")
    let cap = try invocation.arguments.integer(
      .maxOutcomes, in: 1...Int.max, default: ChoiceLimits().outcomes)
    let mistake = invocation.arguments.text(.mistake)
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    let work = LongWork(of: "outcomes", invocation.environment)
    let share = try invocation.share()
    invocation.environment.watch.endOnInterrupts()
    do {
      let input = try JSON(parsing: bytes)
      let parts = try MomentsParts(
        input, mistake: mistake, cap: cap, invocation.environment.course)
      if let share { return try invocation.writePart(try parts.part(share, of: input, work)) }
      return invocation.write(try parts.report(work), mistake: mistake)
    } catch let error as CommandError {
      throw error
    } catch let error as UnknownMistake {
      throw CommandError("--mistake", error.description)
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
  }
}

extension Invocation {
  /// Writes what was found of estimators.
  mutating func write(_ report: MomentsReport, mistake: String?) -> ExitStatus {
    output.write(
      arguments.has(.json)
        ? report.json(mistake: mistake).text(.pretty) + "\n" : report.text(mistake: mistake))
    return report.holds ? .held : .failed
  }
}
