import Foundation

/// The command as it was built, as a program of its own: for what has to do with processes.
enum BuiltCommand {
  /// The folder that the tests' own program lies in.
  private static let folder = URL(filePath: CommandLine.arguments.first ?? "")
    .deletingLastPathComponent().path

  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: folder + "/lessons") }

  /// Runs lines of a shell that finds `lessons`: the status of the last one, and all that was printed.
  static func shell(_ lines: String, in place: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1\n" + lines]
    process.currentDirectoryURL = URL(filePath: place)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = folder + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    process.environment = environment
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
