import Judge

extension ChildProcess {
  /// Runs a program to its end: the end of what it wrote to standard error.
  static func output(of plan: Plan) throws(Fault) -> String {
    var child = try ChildProcess(plan)
    defer { child.close() }
    while true {
      do { _ = try child.read() } catch {
        guard error.kind == .ended else { throw error }
        return child.complaints
      }
    }
  }
}
