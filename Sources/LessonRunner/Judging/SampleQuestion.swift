import JSONText
import LessonKit

/// What draws are held against: an exact mean, and those that known mistakes have.
struct SampleQuestion {
  /// What the exact values are called at the head of a table: "∇ELBO".
  let heading: String
  /// The same in a sentence: "the gradient".
  let noun: String
  /// Where it comes from, where that is no file of the caller's.
  var origin: String?
  /// What the components are called.
  let components: [String]
  /// The exact mean.
  let target: [Double]
  /// The means that mistakes have.
  var mistakes: [(mistake: MistakeSummary, mean: [Double])] = []
  /// A row of numbers as that of which the mean is taken.
  var vector: (_ row: [Double]) throws -> [Double] = { $0 }

  /// The gradient of a case.
  init(gradient: [Double], components: [String]) {
    (heading, noun) = ("∇ELBO", "the gradient")
    self.components = components
    target = gradient
  }

  /// A random function of an exercise.
  init(_ task: DrawnTask, of exercise: String, on problem: String) {
    (heading, noun) = ("exact mean", "the exact mean")
    let what = task.things == nil ? "what it returns" : "how often each is picked"
    origin = "The function \(task.part.name) of \(exercise), \(what), on \(problem)."
    components = task.mean.indices.map {
      task.things == nil ? "number \($0 + 1)" : "item \($0)"
    }
    target = task.mean
    mistakes = task.mistakes
    vector = { row in
      do throws(OutsideFault) { return try task.vector(of: row) } catch {
        throw SampleFileError("a draw", error.words)
      }
    }
  }
}
