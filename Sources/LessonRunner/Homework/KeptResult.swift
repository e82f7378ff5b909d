import JSONText

/// A result in a file, so that a class can be stopped and gone on with.
struct KeptResult {
  let file: String
  /// The problems and the assignment that it was found by: results of others are not taken for these.
  let stamp: String
  /// A number for what was handed in; nil where that is not there any more, and what was found stays.
  let contents: String?

  /// The result; nil where there is none, or one of other problems, or of other files.
  func read(_ files: any FileAccess) -> HomeworkResult? {
    guard files.exists(file), let bytes = try? files.read(file, limit: 16 << 20),
      let json = try? JSON(parsing: bytes), json["stamp"] == .string(stamp)
    else { return nil }
    if let contents, json["contents"] != .string(contents) { return nil }
    return try? HomeworkResult(JSONPlace(json).member("result"))
  }

  func write(_ result: HomeworkResult, _ files: any FileAccess) throws(CommandError) {
    let json: JSON = [
      "stamp": .string(stamp), "contents": .string(contents ?? ""), "result": result.kept,
    ]
    try files.write(json.text(.pretty) + "\n", to: file)
  }
}

extension HomeworkResult {
  /// What is kept: what every format is made of.
  fileprivate var kept: JSON {
    [
      "homework": .string(name), "title": .string(title),
      "exercises": .array(
        items.map { item in
          [
            "exercise": .string(item.id), "title": .string(item.title),
            "outOf": .number(item.outOf), "debrief": .string(item.debrief),
            "containedBy": .strings(item.cages), "standardError": .string(item.complaints),
            "parts": .array(
              item.parts.map { part in
                [
                  "part": .string(part.name), "right": .bool(part.isRight),
                  "written": .bool(part.isWritten), "points": .number(part.points),
                  "outOf": .number(part.outOf), "mistakes": .strings(part.mistakes),
                  "verdict": .strings(part.lines),
                ]
              }),
          ]
        }),
    ]
  }

  /// Reads what was kept.
  fileprivate init(_ place: JSONPlace) throws(PlaceError) {
    var items: [HomeworkItemResult] = []
    for item in try place.member("exercises").array() {
      var parts: [HomeworkItemResult.Part] = []
      for part in try item.member("parts").array() {
        parts.append(
          HomeworkItemResult.Part(
            name: try part.member("part").string(), isRight: try part.member("right").bool(),
            isWritten: try part.member("written").bool(),
            points: try part.member("points").number(), outOf: try part.member("outOf").number(),
            lines: try part.member("verdict").texts(), mistakes: try part.member("mistakes").texts()
          ))
      }
      items.append(
        HomeworkItemResult(
          id: try item.member("exercise").string(), title: try item.member("title").string(),
          outOf: try item.member("outOf").number(), parts: parts,
          debrief: try item.member("debrief").string(),
          complaints: try item.member("standardError").string(),
          cages: try item.member("containedBy").texts()))
    }
    self.init(
      name: try place.member("homework").string(), title: try place.member("title").string(),
      items: items)
  }
}

extension JSONPlace {
  fileprivate func texts() throws(PlaceError) -> [String] {
    var all: [String] = []
    for text in try array() { all.append(try text.string()) }
    return all
  }
}
