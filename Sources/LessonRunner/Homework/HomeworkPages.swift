import JSONText
import LessonKit

/// The files of a new homework.
struct HomeworkPages {
  let sheet: HomeworkSheet

  /// Each file with its text.
  var files: [(name: String, text: String)] {
    [
      (HomeworkFolder.sheetFile, sheet.json.text(.pretty) + "\n"), ("README.md", readme),
      (sheet.language.client.file, sheet.language.client.text),
    ]
      + sheet.items.map { item in
        (
          sheet.language.file(of: item.id),
          HomeworkStub(item: item, language: sheet.language).text
        )
      }
  }

  private var readme: String {
    let rows = sheet.items.map { item in
      "| `\(sheet.language.file(of: item.id))` | \(item.title) | \(String(repeating: "★", count: item.stars)) | "
        + "\(HomeworkResult.points(item.points)) |"
    }
    return """
      # \(sheet.title)

      Write the functions in these files; what each is given and returns stands above it.

      | file | exercise | | points |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      In this folder:

          lessons homework check            # everything
          lessons homework check \(sheet.items.first?.id ?? "")
          lessons homework watch            # again whenever you save a file
          lessons homework hint \(sheet.items.first?.id ?? "")

      \(words)

      You are judged by the checks of the lesson, on its example and on problems that are drawn anew: what
      is right for one model only is not right. Where something is random, every outcome of your choices is
      visited, so that mean and variance are exact and no luck is involved. All that is random comes from
      `choices`; a random number of your own is noticed and told.

      `\(sheet.language.client.file)` is the part that speaks with the judge: leave it as it is. The judge uses a copy of its own.

      """
  }

  private var words: String {
    switch sheet.language {
    case .python:
      "Python 3 is all that is needed; NumPy may be used where it is installed (`choices.flip(array)` gives an array)."
    case .swift: "The Swift compiler is all that is needed: no package, one file an exercise."
    }
  }
}
