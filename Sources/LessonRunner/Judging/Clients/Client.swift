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
}
