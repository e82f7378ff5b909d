/// What a reader does after a lesson: three quick questions, two things to try, one homework.
public struct Practice: Sendable, Equatable {
  /// A question with its answer.
  public struct Question: Sendable, Equatable {
    /// What is asked.
    public let text: String
    /// The answer, with its reason.
    public let answer: String

    /// A question with its answer.
    public init(_ text: String, answer: String) {
      self.text = text
      self.answer = answer
    }
  }

  /// Something to try, with the call that does it.
  public struct Suggestion: Sendable, Equatable {
    /// What to do, and what to look for.
    public let text: String
    /// The call: "lessons try 00/bound".
    public let call: String

    /// Something to try.
    public init(_ text: String, call: String) {
      self.text = text
      self.call = call
    }
  }

  /// Quick questions; what the page says is enough to answer them.
  public let questions: [Question]
  /// Things to try.
  public let suggestions: [Suggestion]
  /// The exercise that is worth writing, by its name in the lesson.
  public let homework: String

  /// What there is to do.
  public init(questions: [Question], suggestions: [Suggestion], homework: String) {
    self.questions = questions
    self.suggestions = suggestions
    self.homework = homework
  }
}
