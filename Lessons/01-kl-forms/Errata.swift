import GSL
import LessonKit
import Probability

/// The errata about divergences.
let errata: [ErratumCase] = [
  ErratumCase("E-003", model: "q = (.8, .2), p = (.5, .5)") {
    // q − p = (.3, −.3): the second logarithm does not exist.
    let (q, p) = ([0.8, 0.2], [0.5, 0.5])
    let printed = zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 - $1.1) }
    return .init(
      printed: printed.isNaN ? nil : printed, corrected: kullbackLeibler(of: q, from: p),
      independent: crossEntropy(of: q, from: p) - entropy(of: q))
  },
  ErratumCase("E-013", model: "two correlated Gaussians in the plane") {
    let pair = try GaussianPair.lecture()
    return .init(
      printed: PlaneLaw(pair.q).printedDivergence(from: PlaneLaw(pair.p)).value,
      corrected: try pair.q.kullbackLeibler(from: pair.p),
      independent: try planeQuadrature(pair.q, pair.p))
  },
  ErratumCase("E-014", model: "a correlated Gaussian in the plane against N(0, I)") {
    let q = try GaussianPair.lecture().q
    let standard = try Gaussian.standardInThePlane()
    return .init(
      printed: PlaneLaw(q).printedDivergence(from: PlaneLaw(standard)).value,
      corrected: try q.kullbackLeibler(from: standard),
      independent: try planeQuadrature(q, standard))
  },
  ErratumCase("E-018", model: "the same Gaussian, five data: 5 put where the dimension 2 belongs") {
    let q = try GaussianPair.lecture().q
    let standard = try Gaussian.standardInThePlane()
    let right = try q.kullbackLeibler(from: standard)
    return .init(
      printed: right + 0.5 * 2 - 0.5 * 5, corrected: right,
      independent: try planeQuadrature(q, standard))
  },
  ErratumCase("E-019", model: "p(x) = (.4, .6), q(z|x) = [[.9, .1], [.2, .8]], p(z) = (.5, .5)") {
    let problem = FamilyProblem.example
    return .init(
      printed: kullbackLeibler(of: problem.aggregate, from: problem.prior),
      corrected: AnyFamilyDerivation.answer.encoderPenalty(problem),
      independent: problem.exactPenalty.value)
  },
  ErratumCase("E-075", model: ".6 Poisson(2) + .4 Poisson(9) and the best single Poisson") {
    // Printed: probability zero. Right: a positive divergence, by two routes.
    let experts = Experts.twoAndNine
    return .init(
      printed: nil, corrected: try experts.divergence(fromPoissonOfRate: experts.mean).value,
      independent: try experts.divergenceAtTheMean().value)
  },
  ErratumCase("E-076", model: "(.2, .8) and (.5, .5)") {
    let (q, p) = ([0.2, 0.8], [0.5, 0.5])
    return .init(
      printed: kullbackLeibler(of: p, from: q), corrected: kullbackLeibler(of: q, from: p),
      independent: crossEntropy(of: q, from: p) - entropy(of: q))
  },
]

/// E_q[log q − log p] by a tensor trapezoid on ±9 standard deviations, another route than nodes.
private func planeQuadrature(_ q: Gaussian, _ p: Gaussian) throws -> Double {
  let l = try LinearAlgebra.cholesky(order: 2, q.covariance)
  let points = 121
  let step = 18.0 / Double(points - 1)
  var sum = CompensatedSum()
  for i in 0..<points {
    for j in 0..<points {
      let (a, b) = (-9 + Double(i) * step, -9 + Double(j) * step)
      let weight = exp(-0.5 * (a * a + b * b)) / (2 * Double.pi) * step * step
      let x = [q.mean[0] + l[0] * a, q.mean[1] + l[2] * a + l[3] * b]
      sum.add(weight * (try q.logDensity(x) - p.logDensity(x)))
    }
  }
  return sum.value
}
