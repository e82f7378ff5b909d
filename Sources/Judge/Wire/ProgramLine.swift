public import JSONText

/// A line that a program under judgement writes.
public enum ProgramLine: Sendable {
  /// The task is understood.
  case ready
  /// A run: the questions in the order in which they were asked, nil where they are those of the
  /// answer before, and what was returned.
  case run(asked: [Question]?, result: JSON)
  /// What the task names is not written yet; the program goes on.
  case unwritten
  /// The program failed, with the place if it knows it.
  case failed(String, place: String?)

  /// Reads a line, or refuses it with the place in it.
  public init(_ line: String) throws(PlaceError) {
    let place = JSONPlace(try Self.json(line), named: "answer")
    let object = try place.object(
      requiring: [], allowing: ["ready", "asked", "result", "unwritten", "error", "where"])
    if let error = try object.optional("error") {
      self = .failed(try error.string(), place: try object.optional("where")?.string())
    } else if let ready = try object.optional("ready") {
      guard try ready.integer() == 1 else { throw ready.error(expected: "1") }
      self = .ready
    } else if let unwritten = try object.optional("unwritten") {
      guard try unwritten.integer() == 1 else { throw unwritten.error(expected: "1") }
      self = .unwritten
    } else {
      let result = try object.member("result")
      var asked: [Question]?
      if let list = try object.optional("asked") {
        var questions: [Question] = []
        for question in try list.array() { questions.append(try Question(question)) }
        asked = questions
      }
      self = .run(asked: asked, result: result.value)
    }
  }

  private static func json(_ line: String) throws(PlaceError) -> JSON {
    do {
      return try JSON(parsing: line, limits: .init(bytes: 16 << 20, depth: 64))
    } catch {
      throw PlaceError(
        path: "answer", complaint: "expected one line of JSON, found \(excerpt(of: line))")
    }
  }
}
