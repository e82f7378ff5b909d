import Foundation
import Testing

@testable import LessonRunner

/// The command with all lessons, on the disk of this machine.
enum Lessons {
  static func run(_ arguments: [String]) -> (status: Int32, output: String, complaints: String) {
    var collected = Collected()
    let environment = CommandEnvironment(
      columns: nil, variables: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"],
      course: .real, files: Disk())
    let status = LessonRunner.run(
      arguments: arguments, environment: environment, output: &collected)
    return (status.rawValue, collected.output, collected.complaints)
  }
}
