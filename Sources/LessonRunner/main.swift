import Curriculum
import LessonKit
import Verification

for lesson in Catalogue.lessons {
  for exercise in lesson.exercises {
    for culprit in [nil] + exercise.mistakes.map({ Optional($0.name) }) {
      print(culprit ?? "answer")
      for report in exercise.judge(culprit, lines: nil, plan: SearchPlan()) ?? [] {
        print(
          report.id, report.holds, report.result.worst as Any,
          report.result.token?.description ?? "", report.result.failure ?? "")
      }
    }
  }
}
