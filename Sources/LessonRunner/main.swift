import Glibc

Machine.ignoreClosedPipes()
var streams = StandardStreams()
exit(
  run(
    arguments: Array(CommandLine.arguments.dropFirst()), environment: Machine.environment,
    output: &streams
  ).rawValue)
