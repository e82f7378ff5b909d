import JSONText
import LessonKit
import Verification

extension Command {
  /// The catalogue of mistakes.
  static let mistakes = Command(
    name: "mistakes", usage: "mistakes [LESSON...]",
    summary: "wrong implementations, and the checks that catch each",
    details: """
      Lists the mistakes that lessons know, where each was seen, and the checks that refuse it. \
      Every mistake passes at least one other check, so it is one that people make.

          lessons mistakes nvil
          lessons run 04-nvil --mistake NAME
      """,
    options: [.seed, .fewModels, .json]
  ) { (invocation) throws(CommandError) in
    let words = invocation.arguments.words
    let lessons = try invocation.environment.lessonNames.lessons(words.isEmpty ? ["all"] : words)
    let catalogue = MistakeCatalogue(
      of: lessons, plan: try SearchPlan(invocation.arguments, problems: MistakeCatalogue.problems))
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.mistakes(catalogue).text(.pretty) + "\n")
    } else {
      invocation.write(TerminalRendering(invocation.environment.page).mistakes(catalogue))
    }
    return catalogue.entries.allSatisfy { !$0.caughtBy.isEmpty } ? .held : .failed
  }
}
