import Exact
import JSONText
import Probability

/// A model without the keys that ask for more, and what these ask.
///
/// ```
/// {"model": "hmm", …, "ask": ["explanation", "samples"], "samples": 100, "seed": 7}
/// ```
struct QuestionedModel {
  /// The model as its kind knows it.
  let model: JSONPlace
  /// What is asked in it, and what was asked beside it.
  let questions: OracleQuestions

  private static let keys = ["ask", "samples", "seed"]

  /// Reads the keys; what stands in the model goes before what was asked beside it.
  init(_ place: JSONPlace, _ beside: OracleQuestions) throws(PlaceError) {
    guard case .object(let members) = place.value,
      members.contains(where: { Self.keys.contains($0.key) })
    else {
      (model, questions) = (place, beside)
      return
    }
    let words = OracleQuestion.allCases.map(\.rawValue)
    let asked = try place.optional("ask")?.each { place throws(PlaceError) in
      let word = try place.string(among: words)
      guard let question = OracleQuestion(rawValue: word) else {
        throw place.error(expected: "a question")
      }
      return question
    }
    let samples = try place.optional("samples")?.integer(in: 1...OracleQuestions.mostSamples)
    let seed = try place.optional("seed")?.integer(in: 0...(1 << 53))
    questions = OracleQuestions(
      beside.asked + (asked ?? []), samples: samples ?? beside.samples,
      seed: seed.map(UInt64.init) ?? beside.seed)
    model = place.replaced(by: .object(members.filter { !Self.keys.contains($0.key) }))
  }
}

extension OracleSpec {
  /// The answer with what else was asked, or the first question that this model has no answer to.
  func answer(
    _ request: ExactRequest, _ questions: OracleQuestions
  ) throws(OracleRefusal) -> OracleAnswer {
    for question in questions.asked where !self.questions.contains(question) {
      throw .uncomputed(
        "ask: this model has no answer to \"\(question.rawValue)\"; \(allowedText)")
    }
    var answer = try answer(request)
    for (key, value) in answer.members where !value.isAnswer {
      throw .unanswered(.overflow(key))
    }
    var sampler: Sampler
    do { sampler = try Sampler(seed: questions.seed) } catch { throw .unvisited(error) }
    for question in questions.asked
    where !answer.members.contains(where: { $0.key == question.rawValue }) {
      let further = try self.further(
        question, request, samples: questions.samples, &sampler)
      guard further.value.isAnswer else {
        throw .unanswered(.overflow(question.rawValue))
      }
      answer.members.append((question.rawValue, further.value))
      answer.sections += further.sections
    }
    return answer
  }

  private var allowedText: String {
    let words = questions.map(\.rawValue)
    return words.isEmpty ? "it answers none" : "it answers \(words.joined(separator: ", "))"
  }
}

extension JSON {
  /// Whether all its numbers are ones that an answer may have: log 0 among them, but neither NaN nor infinity.
  fileprivate var isAnswer: Bool {
    switch self {
    case .number(let number): number < .infinity
    case .array(let values): values.allSatisfy(\.isAnswer)
    case .object(let members): members.allSatisfy(\.value.isAnswer)
    default: true
    }
  }
}
