import JSONText

extension Option {
  static let inputs = Option(
    name: "--inputs", value: "DIR",
    help: "folder of the input files (default: Benchmarks here or in a folder above)")
}

extension Command {
  /// How long the oracles and the training step take.
  static let bench = Command(
    name: "bench", usage: "bench [WORKLOAD...]",
    summary: "time the oracles on the inputs of Benchmarks/",
    details: """
      Times one operation at a time on a decoded model. Nothing that was derived from the model \
      survives from one operation to the next. After timing, the last answer is compared with the \
      reference in the input file, if it has one: |got − want| ≤ 1e-8 max(1, |want|), else exit \
      status 1.

      A workload answers to its name, to its file (all operations of it), or to a part of its name \
      that no other file has; all of them without a name. Other inputs of the same kinds may stand \
      in the folder under the same file names.

      \(Workload.all.map { "    " + $0.name }.joined(separator: "\n"))

      With --json a list of {"workload", "secondsPerOperation", "repeats", "fastest", "slowest", \
      "threads"}: the median, the number of repeats, the extremes, and how many threads were used.

          lessons bench
          lessons bench hmm-k32-t2000 "latent-factor-d20 gradient" --json
      """,
    options: [.inputs, .json]
  ) { (invocation) throws(CommandError) in
    let environment = invocation.environment
    let chosen = try WorkloadNames(workloads: Workload.all).workloads(invocation.arguments.words)
    let inputs = try BenchmarkInputs(named: invocation.arguments.text(.inputs), environment)
    // Everything is decoded and tried before anything is written.
    var ready: [ReadyWorkload] = []
    for workload in chosen { ready.append(try ReadyWorkload(workload, inputs)) }
    return try invocation.bench(ready, folder: inputs.folder)
  }
}

/// A workload with its input in memory, and what the input says about the answer.
private struct ReadyWorkload {
  let name: String
  let path: String
  let prepared: PreparedWorkload
  let reference: JSON?

  init(_ workload: Workload, _ inputs: BenchmarkInputs) throws(CommandError) {
    let (path, content) = try inputs.read(workload)
    name = workload.name
    self.path = path
    reference = content["reference"]
    do { prepared = try workload.prepare(JSONPlace(content)) } catch {
      throw CommandError(path, "\(error)")
    }
  }

  func run(_ plan: TimingPlan) throws(CommandError) -> BenchResult {
    do {
      let measurement = try prepared.measure(plan)
      return BenchResult(
        workload: name, measurement: measurement,
        check: ReferenceCheck(answer: measurement.answer, reference: reference))
    } catch {
      throw CommandError(path, "\(error)")
    }
  }
}

extension Invocation {
  /// Times workloads one after the other; a row of the table is written as soon as it is known.
  fileprivate mutating func bench(
    _ ready: [ReadyWorkload], folder: String
  ) throws(CommandError) -> ExitStatus {
    let plan = environment.timing
    let isJSON = arguments.has(.json)
    var results: [BenchResult] = []
    for workload in ready {
      environment.showProgress?("timing \(workload.name)")
      let result = try workload.run(plan)
      environment.showProgress?("")
      if !isJSON { write((results.isEmpty ? [BenchTable.head] : []) + [BenchTable.row(result)]) }
      if case .differs(let difference) = result.check {
        output.complain("lessons: \(result.workload): \(difference)\n")
      }
      results.append(result)
    }
    if isJSON {
      output.write(JSON.array(results.map(\.json)).text(.pretty) + "\n")
    } else {
      let hasNoReference = results.contains { $0.check == .noReference }
      write([""] + BenchTable.foot(plan, folder: folder, hasNoReference: hasNoReference))
    }
    let isWrong = results.contains { if case .differs = $0.check { true } else { false } }
    return isWrong ? .failed : .held
  }
}
