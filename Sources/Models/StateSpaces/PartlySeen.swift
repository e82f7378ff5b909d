/// Outputs of which some were not observed.
struct PartlySeen {
  /// One list of m numbers a step, 0 for what was not observed.
  let outputs: [[Double]]
  /// The numbers of the outputs that were observed, step by step.
  let numbers: [[Int]]

  /// Reads steps that are nil as a whole or in places.
  init(_ observations: [[Double?]?], outputs count: Int) throws(ModelError) {
    let nothing = [Double?](repeating: nil, count: count)
    for (step, output) in observations.enumerated() {
      guard let output else { continue }
      try Validate.count("observations[\(step)]", output.count, expected: count)
    }
    outputs = observations.map { ($0 ?? nothing).map { $0 ?? 0 } }
    numbers = observations.map { output in
      (output ?? nothing).enumerated().compactMap { $1 == nil ? nil : $0 }
    }
  }
}
