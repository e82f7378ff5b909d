import Exact
import GSL
import LessonKit
import Probability
import Verification

/// What is wrong with a score-function estimator, in words: its exact law on the example, aspect by
/// aspect, and the known mistake that has this very law.
///
/// It holds no answer. What the law should be comes from sums over all states; what the mistakes'
/// laws are, from a table of numbers.
public struct ScoreFunctionDiagnosis: Sendable {
  /// What is looked at.
  public enum Aspect: String, Sendable, CaseIterable {
    /// Whether anything has been written, runs, and has the right length.
    case runs = "it runs"
    /// The mean with one sample.
    case mean = "its mean is the gradient"
    /// The mean with two samples, and so the factor 1/S.
    case average = "with two samples its mean is still the gradient"
    /// The covariance with one sample.
    case spread = "its variance is that of the formula"
    /// The covariance with two samples.
    case fall = "two samples halve the variance"
    /// The number of outcomes.
    case outcomes = "it draws S samples of D bits, no more and no fewer"
  }

  /// One sentence for every aspect that is not as it should be.
  public private(set) var complaints: [Aspect: String] = [:]
  /// The known mistake with this law on the example.
  public private(set) var likeness: MistakeLaw?

  /// Whether nothing was found wrong on the example.
  public var holds: Bool { complaints.isEmpty }

  /// Runs a form on every outcome of its choices on the example, with one sample and with two.
  public init(of form: any ScoreFunctionForm) {
    let problem = ScoreFunctionProblem.twoFactors
    let one: ExactMoments
    let two: ExactMoments
    do {
      one = try form.moments(problem, samples: 1)
      two = try form.moments(problem, samples: 2)
    } catch {
      let reason = "\(error)"
      complaints[.runs] =
        "It could not be run on every outcome: " + reason + (reason.hasSuffix("?") ? "" : ".")
      return
    }
    guard check(runs: one, problem) else { return }
    check(mean: one, .mean, samples: 1, problem)
    check(mean: two, .average, samples: 2, problem)
    check(spread: one, .spread, samples: 1, problem)
    check(spread: two, .fall, samples: 2, problem)
    check(outcomes: two, problem)
    likeness = holds ? nil : MistakeLaw.scoreFunction.first { $0.matches(one, two) }
  }

  private mutating func check(runs found: ExactMoments, _ problem: ScoreFunctionProblem) -> Bool {
    let components = problem.componentCount
    if found.outcomes == 1, found.magnitude.allSatisfy({ $0 == 0 }) {
      complaints[.runs] = "It makes no choices and returns zeros: nothing has been written yet."
    } else if found.mean.count != components {
      complaints[.runs] =
        "Numbers returned: \(found.mean.count). Bits of q: \(components). One each is wanted."
    }
    return complaints.isEmpty
  }

  private mutating func check(
    mean found: ExactMoments, _ aspect: Aspect, samples: Int, _ problem: ScoreFunctionProblem
  ) {
    let verdict = judgeEstimator(found, target: problem.gradient).mean
    guard verdict != .unbiased else { return }
    complaints[aspect] =
      "With \(count(samples)): \(verdict). Its exact mean is \(list(found.mean)), "
      + "the exact gradient is \(list(problem.gradient))."
  }

  private mutating func check(
    spread found: ExactMoments, _ aspect: Aspect, samples: Int, _ problem: ScoreFunctionProblem
  ) {
    let law = problem.law
    let wanted = law.covariance.map { row in row.map { $0 / Double(samples) } }
    let finding = Finding.equal(
      found.covariance.flatMap { $0 }, wanted.flatMap { $0 }, terms: 256,
      magnitude: problem.magnitude * problem.magnitude)
    guard !finding.violation().holds else { return }
    let trace = law.covarianceTrace / Double(samples)
    let ratio = found.covarianceTrace / trace
    var words =
      "With \(count(samples)) its variance, summed over the components, is "
      + "\(Format.short(found.covarianceTrace)); it should be \(Format.short(trace))"
    if ratio > 0, abs(ratio - 1) > 1e-9 {
      words += ": \(Format.short(ratio, digits: 4)) times as much"
    }
    if found.covarianceTrace == 0 { words += ". An estimator without spread does not sample" }
    complaints[aspect] = words + "."
  }

  private mutating func check(outcomes found: ExactMoments, _ problem: ScoreFunctionProblem) {
    let wanted = 1 << (2 * problem.componentCount)
    guard found.outcomes != wanted else { return }
    complaints[.outcomes] =
      "With two samples of \(problem.componentCount) bits the outcomes are \(found.outcomes); "
      + "\(wanted) = 2^(D·S) are wanted. Every bit of every sample is to be drawn once, from "
      + "the choices that it is given."
  }

  private func count(_ samples: Int) -> String { samples == 1 ? "one sample" : "two samples" }

  private func list(_ numbers: [Double]) -> String {
    "(" + numbers.map { Format.short($0) }.joined(separator: ", ") + ")"
  }
}
