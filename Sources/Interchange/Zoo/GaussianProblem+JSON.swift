import JSONText
import Models

extension JSONPlace {
  /// The Gaussians of a `variable`, with the objective that stands at another place.
  func gaussian(_ objective: JSONPlace) throws(PlaceError) -> GaussianProblem {
    try object(requiring: ["kind", "mean", "logSd"])
    let mean = try member("mean").someNumbers(atMost: 2)
    let logDeviations = try member("logSd").numbers(count: mean.count)
    let domain = FunctionDomain.reals(mean.count)
    guard try objective.member("kind").value == .string("log-joint") else {
      return GaussianProblem(
        mean: mean, logDeviations: logDeviations, .fixed(try objective.smoothFunction(domain)))
    }
    try objective.object(requiring: ["kind", "logDensity"])
    return GaussianProblem(
      mean: mean, logDeviations: logDeviations,
      .logJoint(try objective.member("logDensity").smoothFunction(domain)))
  }
}
