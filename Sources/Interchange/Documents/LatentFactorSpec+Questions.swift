public import Exact
import JSONText
import Models
public import Probability

extension LatentFactorSpec {
  /// The gradient stands in every answer already.
  public var questions: [OracleQuestion] { [.explanation, .samples, .gradient, .entropy] }

  /// The most probable factors of each document, draws of them, and how uncertain they are.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let laws = try asking { () throws(ExactRefusal) in
      try documents.map { document throws(ExactRefusal) in try document.hiddenLaw(request) }
    }
    return try hiddenStateAnswer(
      question, of: laws, as: .bits("assignment", of: "document"), samples: samples, &sampler)
  }
}

extension JSON {
  /// Zeros and ones.
  static func bits(_ bits: [Bool]) -> JSON { .array(bits.map { .number($0 ? 1 : 0) }) }
}
