import Verification

/// A mistake judged for a page: what refuses it, what it passes, and the smallest model that tells.
struct MistakeRun: Sendable {
  let mistake: MistakeSummary
  /// The code of the mistake, where the lesson shows it.
  let wrong: Listing?
  /// Every check with what it found, few models each, none shrunk.
  let checks: [CheckRun]
  /// The first refused check with its smallest case; nil where nothing refuses the mistake.
  let smallest: CheckRun?

  var refused: [CheckRun] { checks.filter { !$0.holds } }
  var passed: [CheckRun] { checks.filter(\.holds) }
}

extension Lesson {
  /// Judges the mistakes of an inquiry up to the first refusal of each check, and shrinks one case.
  func mistakeRuns(_ inquiry: any Inquiry, seed: UInt64) -> [MistakeRun] {
    let quick = MistakeCatalogue.plan(seed: seed, problems: MistakeCatalogue.problems)
    var whole = quick
    whole.stopsAtRefusal = false
    return inquiry.mistakes.map { mistake in
      let reports = inquiry.judge(mistake.name, checks: nil, plan: quick) ?? []
      let checks = zip(zip(1..., inquiry.checks), reports).map { check, report in
        checkRun(inquiry, check.0, check.1, report)
      }
      let first = checks.first { !$0.report.result.holds } ?? checks.first { !$0.holds }
      let smallest = first.flatMap { first in
        inquiry.judge(mistake.name, checks: [first.check.id], plan: whole)?.first.map { report in
          checkRun(inquiry, first.number, first.check, report)
        }
      }
      return MistakeRun(
        mistake: mistake, wrong: listings[mistake.name], checks: checks, smallest: smallest)
    }
  }

  private func checkRun(
    _ inquiry: any Inquiry, _ number: Int, _ check: CheckSummary, _ report: CheckReport
  ) -> CheckRun {
    CheckRun(
      id: checkID(inquiry, check.id), inquiry: inquiry.id, number: number, check: check,
      report: report, caughtMistakes: nil)
  }
}
