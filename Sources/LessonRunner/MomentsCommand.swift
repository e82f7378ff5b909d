import Curriculum
import Interchange
import JSONText
import LessonKit
import Models
import Probability

/// `lessons moments FILE|- [--json] [--max-outcomes N] [--mistake NAME]`.
struct MomentsCommand {
  let file: String
  var json = false
  var cap = ChoiceLimits().outcomes
  var mistake: String?

  /// Answers a case given as the bytes of its file.
  func answer(_ bytes: [UInt8]) throws -> (text: String, holds: Bool) {
    let given = try EstimatorCase(JSONPlace(try JSON(parsing: bytes)))
    var family = EstimatorFamily.answer
    if let mistake {
      family = try EstimatorFamily(mistake: mistake, prior: given.document.model.prior)
    }
    let report = try MomentsReport(given, family: family, cap: cap)
    let text =
      json ? report.json(mistake: mistake).text(.pretty) + "\n" : report.text(mistake: mistake)
    return (text, report.holds)
  }
}
