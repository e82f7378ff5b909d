import JSONText

/// Something to time: an operation on the model of an input file.
struct Workload: Sendable {
  /// The name of the input file, without ".json".
  let file: String
  /// What is done with its model; nil where the file knows one operation only.
  let operation: String?
  /// Decodes a file and tries the operation once.
  let prepare: @Sendable (JSONPlace) throws -> PreparedWorkload

  /// The file and the operation, as in "hmm-k32-t2000 counts".
  var name: String { operation.map { file + " " + $0 } ?? file }
}

/// A workload whose model is in memory.
struct PreparedWorkload {
  /// Times the operation; the answer is that of the last call.
  let measure: (TimingPlan) throws -> Measurement
}

/// What timing found.
struct Measurement {
  let timing: Timing
  /// How many threads the operation used.
  let threads: Int
  /// The last answer, with the keys of a file's `reference`.
  let answer: JSON
}

extension Workload {
  /// A workload whose operation sees the decoded model and nothing else.
  ///
  /// - Parameters:
  ///   - file: The name of the input file, without ".json".
  ///   - operation: The second word of the name.
  ///   - operationsPerCall: How many operations a call of `run` is.
  ///   - threads: How many threads `run` uses for a model.
  ///   - decode: From the top of the file to the model.
  ///   - run: What is timed.
  ///   - answer: What it found, with the keys of a file's `reference`.
  init<Model, Answer>(
    _ file: String, _ operation: String? = nil, operationsPerCall: Int = 1,
    threads: @escaping @Sendable (Model) -> Int = { _ in 1 },
    decode: @escaping @Sendable (JSONPlace) throws -> Model,
    run: @escaping @Sendable (Model) throws -> Answer,
    answer: @escaping @Sendable (Answer) -> JSON
  ) {
    self.file = file
    self.operation = operation
    prepare = { place in
      let model = try decode(place)
      _ = try run(model)
      return PreparedWorkload { plan in
        let (timing, last) = try plan.time(operationsPerCall: operationsPerCall) { try run(model) }
        return Measurement(timing: timing, threads: threads(model), answer: answer(last))
      }
    }
  }
}
