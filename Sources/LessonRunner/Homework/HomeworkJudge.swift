import Interchange
import JSONText
import Judge
import LessonKit
import Models
import Probability

/// Judges what lies in a folder, exercise by exercise, each in a process and a place of its own.
struct HomeworkJudge {
  let folder: HomeworkFolder
  let plan: HandinPlan
  /// Where programs are looked for.
  let path: String
  /// Whether nothing else in this process has children.
  let isAlone: Bool

  /// Judges one exercise.
  func judge(_ item: HomeworkItem) -> HomeworkItemResult {
    let language = folder.sheet.language
    let file = language.file(of: item.id)
    guard folder.files.exists(folder.path + "/" + file) else {
      return HomeworkItemResult(item, refused: "\(file) is missing", isWritten: false)
    }
    do {
      let workplace = try Workplace()
      defer { workplace.clear() }
      let sources = folder.sources(for: item)
      guard sources.contains(where: { $0.name == file }) else {
        return HomeworkItemResult(item, refused: "\(file) is no plain file of at most 1 MB")
      }
      let desk = HomeworkDesk(
        language: language, item: item, workplace: workplace, path: path, isAlone: isAlone)
      switch try desk.prepare(sources) {
      case .failure(let refusal):
        var result = HomeworkItemResult(item, refused: refusal.reason)
        result.complaints = refusal.complaints
        return result
      case .success(let program):
        var result = judge(item, by: program)
        // The place of this run tells nobody anything, and would be another one next time.
        result.complaints = result.complaints.replacing(desk.folder + "/", with: "")
        return result
      }
    } catch { return HomeworkItemResult(item, refused: "\(error.place): \(error.reason)") }
  }

  private func judge(_ item: HomeworkItem, by program: ChildProcess.Plan) -> HomeworkItemResult {
    switch item.kind {
    case .exercise(let inquiry, _):
      let process = OutsideProcess(exercise: item.id, plan: program)
      let reports = inquiry.judge(process, plan: plan) ?? []
      let (complaints, cages) = process.finish()
      return HomeworkItemResult(item, reports, complaints: complaints, cages: cages)
    case .gradient(let model, let draws):
      return judge(item, on: model, draws: draws, by: program)
    }
  }

  /// An estimator of ∇ELBO on a model of the lecturer's.
  private func judge(
    _ item: HomeworkItem, on model: JSON, draws: Int, by program: ChildProcess.Plan
  ) -> HomeworkItemResult {
    let report: JudgeReport
    do {
      let task = GradientTask(try EstimatorCase(JSONPlace(model)), samples: draws)
      report = try task.judge(program, limits: InterviewLimits(), as: task.part)
    } catch { return HomeworkItemResult(item, refused: "\(error)") }
    let part = HomeworkItemResult.Part(
      name: "estimate", isRight: report.holds, isWritten: !report.isUnwritten,
      points: report.holds ? item.points : 0, outOf: item.points, lines: [report.words],
      mistakes: [])
    return HomeworkItemResult(
      id: item.id, title: item.title, outOf: item.points, parts: [part], debrief: item.debrief,
      complaints: report.complaints, cages: report.cages)
  }
}

extension GradientTask {
  /// The same as the task of a function.
  var part: JSON {
    [
      "exercise": "elbo-gradient", "part": "estimate",
      "given": [
        "samples": .integer(samples), "q": .numbers(q.probabilities),
        "log_joint": .given(q.states.map(table.logJoint)),
      ],
    ]
  }
}

extension JudgeReport {
  /// Whether the program said that nothing is written yet.
  fileprivate var isUnwritten: Bool {
    guard case .failure(let fault) = outcome else { return false }
    return fault.kind == .unwritten
  }
}
