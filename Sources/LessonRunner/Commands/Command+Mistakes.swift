import JSONText
import LessonKit
import Verification

extension Command {
  /// The catalogue of mistakes.
  static let mistakes = Command(
    name: "mistakes", usage: "mistakes [LESSON | EXERCISE | NAME...]",
    summary: "wrong implementations, and the checks that catch each",
    details: """
      Lists the mistakes that lessons know, where each was seen, and the checks that refuse it. \
      Every mistake passes at least one other check, so it is one that people make.

          lessons mistakes nvil
          lessons mistakes 04/leave-one-out
          lessons mistakes leaks-its-sample
          lessons run 04-nvil --mistake NAME
      """,
    options: [.seed, .fewModels, .json], isPaged: true
  ) { (invocation) throws(CommandError) in
    let words = invocation.arguments.words
    let path = try LessonPath(words.isEmpty ? ["all"] : words, invocation.environment.lessonNames)
    let part = try path.resolvedPart(amongMistakes: true)
    let catalogue = MistakeCatalogue(
      of: path.lessons,
      plan: try SearchPlan(invocation.arguments, problems: MistakeCatalogue.problems)
    ) { exercise, mistake in
      switch part {
      case .inquiry(let name): exercise == name
      case .mistake(let name): mistake == name
      case nil: true
      }
    }
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.mistakes(catalogue).text(.pretty) + "\n")
    } else {
      invocation.write(TerminalRendering(invocation.environment.page).mistakes(catalogue))
    }
    return catalogue.entries.allSatisfy { !$0.caughtBy.isEmpty } ? .held : .failed
  }
}
