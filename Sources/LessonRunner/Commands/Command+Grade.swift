import JSONText
import LessonKit

extension Invocation {
  /// Grades folders; with a folder for results, what was graded before is kept.
  mutating func gradeHomework() throws(CommandError) -> ExitStatus {
    let folders = Array(arguments.words.dropFirst())
    guard !folders.isEmpty else {
      throw CommandError("homework grade", "which folders?").with(usage: "homework grade FOLDER...")
    }
    let grading = try HomeworkGrading(folders, self)
    var complaints: [String] = []
    let graded = try grading.run(environment) { complaints.append($0) }
    for complaint in complaints { output.complain("lessons: \(complaint)\n") }
    if let signal = graded.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    let results = graded.results
    switch grading.format {
    case .text where results.count != 1: output.write(HomeworkResult.csv(results))
    case .text: write(results[0].lines(TerminalRendering(environment.page)))
    case .json where results.count != 1:
      output.write(JSON.array(results.map(\.json)).text(.pretty) + "\n")
    default:
      let rendering = TerminalRendering(environment.page)
      for result in results { output.write(result.document(grading.format, rendering)) }
    }
    return results.allSatisfy(\.isAllRight) && complaints.isEmpty ? .held : .failed
  }
}
