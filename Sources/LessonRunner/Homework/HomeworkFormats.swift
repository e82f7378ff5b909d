import JSONText
import LessonKit

/// How results are written for machines.
enum HomeworkFormat: String, Sendable, CaseIterable {
  case text, json, gradescope, junit, classroom
}

extension HomeworkResult {
  /// The result in a format of one document for one homework.
  func document(_ format: HomeworkFormat, _ rendering: TerminalRendering) -> String {
    switch format {
    case .text: lines(rendering).map { $0 + "\n" }.joined()
    case .json: json.text(.pretty) + "\n"
    case .gradescope: gradescope.text(.pretty) + "\n"
    case .junit: junit
    case .classroom: "result=" + Base64.text(classroom.text()) + "\n"
    }
  }

  /// Everything, for programs of one's own.
  var json: JSON {
    [
      "homework": .string(name), "title": .string(title), "points": .number(points),
      "outOf": .number(outOf),
      "exercises": .array(
        items.map { item in
          [
            "exercise": .string(item.id), "points": .number(item.points),
            "outOf": .number(item.outOf),
            "containedBy": .strings(item.cages),
            "standardError": .string(item.complaints.printable),
            "parts": .array(
              item.parts.map { part in
                [
                  "part": .string(part.name), "right": .bool(part.isRight),
                  "written": .bool(part.isWritten), "points": .number(part.points),
                  "outOf": .number(part.outOf), "mistakes": .strings(part.mistakes),
                  "verdict": .strings(part.lines.map(\.printable)),
                ]
              }),
          ]
        }),
    ]
  }

  /// Gradescope's results.json; the names and texts are plain, whatever somebody wrote in them.
  var gradescope: JSON {
    [
      "score": .number(points), "output": .string(title), "output_format": "text",
      "test_output_format": "text", "test_name_format": "text", "visibility": "visible",
      "tests": .array(
        rows.enumerated().map { index, row in
          [
            "name": .string(row.name), "number": .string("\(index + 1)"),
            "score": .number(row.part.points), "max_score": .number(row.part.outOf),
            "status": row.part.isRight ? "passed" : "failed", "output": .string(row.text),
          ]
        }),
    ]
  }

  /// What a step of GitHub Classroom hands to its reporter.
  var classroom: JSON {
    [
      "version": 1, "status": isAllRight ? "pass" : "fail", "max_score": .number(outOf),
      "tests": .array(
        rows.map { row in
          [
            "name": .string(row.name), "status": row.part.isRight ? "pass" : "fail",
            "score": .number(row.part.points), "message": .string(row.text), "test_code": "",
            "filename": "", "line_no": 0, "duration": 0,
          ]
        }),
    ]
  }

  /// JUnit's XML: a suite an exercise, a case a function.
  var junit: String {
    let failures = rows.filter { !$0.part.isRight }.count
    let suites = items.map { item in
      let cases = item.parts.map { part in
        let head =
          "    <testcase classname=\"\(item.id.xml)\" name=\"\(part.name.xml)\" time=\"0.0\""
        guard !part.isRight else { return head + "/>" }
        let text = part.lines.joined(separator: "\n")
        return head
          + ">\n      <failure type=\"wrong\" message=\"\((part.lines.first ?? "").xml)\">"
          + text.xml + "</failure>\n    </testcase>"
      }
      let wrong = item.parts.filter { !$0.isRight }.count
      return
        "  <testsuite name=\"\(item.id.xml)\" tests=\"\(item.parts.count)\" failures=\"\(wrong)\" "
        + "errors=\"0\" skipped=\"0\" time=\"0.0\">\n" + cases.joined(separator: "\n")
        + "\n  </testsuite>"
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(title.xml)\" "
      + "tests=\"\(rows.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\" time=\"0.0\">\n"
      + suites.joined(separator: "\n") + "\n</testsuites>\n"
  }

  private var rows: [(name: String, part: HomeworkItemResult.Part, text: String)] {
    items.flatMap { item in
      item.parts.map { part in
        (
          "\(item.id): \(part.name)", part,
          (part.lines + (part.isRight ? [] : [item.complaints]))
            .filter { !$0.isEmpty }.map(\.printable).joined(separator: "\n")
        )
      }
    }
  }

  /// A row of the class's table: the name, the points, and those of each exercise that anybody was given.
  static func csv(_ results: [HomeworkResult]) -> String {
    guard !results.isEmpty else { return "" }
    var ids: [String] = []
    for item in results.flatMap(\.items) where !ids.contains(item.id) { ids.append(item.id) }
    let head = ["homework", "points", "out of"] + ids
    let rows = results.map { result in
      [result.name, points(result.points), points(result.outOf)]
        + ids.map { id in
          result.items.first { $0.id == id }.map { points($0.points) } ?? ""
        }
    }
    return ([head] + rows).map { $0.map(\.csv).joined(separator: ",") + "\n" }.joined()
  }
}

extension String {
  /// The text without what a terminal would obey.
  var printable: String {
    String(unicodeScalars.map { isControl($0) ? "·" : Character($0) })
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 32 && scalar != "\n") || (127..<160).contains(scalar.value)
  }

  /// The text as XML has it; what XML forbids is left out.
  fileprivate var xml: String {
    printable.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case _ where scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text as a cell, which no spreadsheet takes for a formula.
  fileprivate var csv: String {
    let guarded = first.map { "=+-@".contains($0) } ?? false ? "'" + self : self
    let needsQuotes = guarded.contains { ",\"\n".contains($0) }
    return needsQuotes ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
  }
}

/// Base 64 (RFC 4648).
enum Base64 {
  static func text(_ plain: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(plain.utf8)
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let three = (0..<3).map { start + $0 < bytes.count ? Int(bytes[start + $0]) : 0 }
      let number = three[0] << 16 | three[1] << 8 | three[2]
      let digits = (0..<4).map { String(alphabet[number >> (18 - 6 * $0) & 63]) }
      let used = min(3, bytes.count - start) + 1
      return digits.prefix(used).joined() + String(repeating: "=", count: 4 - used)
    }.joined()
  }
}
