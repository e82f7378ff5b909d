import CTerminal
import Glibc

Machine.ignoreClosedPipes()
var streams = StandardStreams()
let status = run(
  arguments: Array(CommandLine.arguments.dropFirst()), environment: Machine.environment,
  output: &streams)
if output_failed() != 0 {
  streams.complain("lessons: standard output: what was written is lost\n")
  exit(ExitStatus.unusable.rawValue)
}
exit(status.rawValue)
