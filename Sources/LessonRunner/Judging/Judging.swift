import JSONText
import Judge
import LessonKit

extension GradientProblem {
  /// Starts a program, hears it out, ends it, and says what it is worth.
  func judge(
    _ plan: ChildProcess.Plan, limits: InterviewLimits, as task: JSON? = nil,
    knowing mistakes: [KnownMistake] = []
  ) throws -> JudgeReport {
    let child: ChildProcess
    do { child = try ChildProcess(plan) } catch {
      return JudgeReport(
        components: components, outcome: .failure(error), cages: [], complaints: "")
    }
    var interview = Interview(child, limits: limits)
    let law: Result<ProgramLaw, Fault>
    do { law = .success(try interview.law(of: task ?? json)) } catch { law = .failure(error) }
    let cages = child.cages
    let all = [child.complaints, interview.witness?.complaints ?? ""]
    let complaints = all.first { !$0.isEmpty } ?? ""
    interview.dismissWitness()
    child.close()
    guard let target else { throw MomentsRefusal.overflow }
    let references = try references()
    let outcome = law.flatMap { law in
      do throws(Fault) {
        return .success(
          try GradientVerdict(
            law, target: target, targetBound: targetBound, references: references))
      } catch { return Result<GradientVerdict, Fault>.failure(error) }
    }
    return JudgeReport(
      components: components, outcome: outcome, cages: cages, complaints: complaints,
      likeness: likeness(law, outcome, mistakes))
  }

  private func likeness(
    _ law: Result<ProgramLaw, Fault>, _ outcome: Result<GradientVerdict, Fault>,
    _ mistakes: [KnownMistake]
  ) -> Likeness? {
    guard let law = try? law.get(), let verdict = try? outcome.get(), verdict.quadrature == nil,
      !verdict.isWithoutChoices, let vectors = try? law.vectors(count: verdict.target.count)
    else { return nil }
    var whole = WholeLaw()
    for (vector, probability) in zip(vectors, law.probabilities) { whole.add(vector, probability) }
    return likeness(whole, isSingle: verdict.isSingle, among: mistakes)
  }
}
