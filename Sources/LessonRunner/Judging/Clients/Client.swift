/// The part of a program under judgement that speaks, for a language: one file, put beside the program.
struct Client: Sendable {
  /// What it is asked for by.
  let language: String
  /// What its file is called.
  let file: String
  /// The file.
  let text: String

  static let all = [
    Client(language: "python", file: "tightbound.py", text: PythonClient.text),
    Client(language: "swift", file: "Tightbound.swift", text: SwiftClient.text),
    Client(language: "c++", file: "tightbound.hpp", text: CPlusPlusClient.text),
  ]

  /// What asks the oracle, for a language that has it.
  static let oracles = [
    Client(language: "python", file: "tightbound_oracle.py", text: PythonOracle.text)
  ]
}

extension [Client] {
  /// The client for a language.
  func speaking(_ language: String) throws(CommandError) -> Client {
    if let client = first(where: { $0.language == language.lowercased() }) { return client }
    let known = map(\.language).joined(separator: ", ")
    throw CommandError(quoted(language), "there is no client for it, but for \(known)")
  }
}
