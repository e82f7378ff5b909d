import GSL
import LessonKit
import Probability

/// The errata about divergences.
let errata: [ErratumCase] = [
  ErratumCase(
    "E-003",
    model: "q = (.8, .2), p = (.5, .5). L0 says in words E_q[log(q − p)], and q − p has both signs"
  ) {
    // q − p = (.3, −.3): the second logarithm does not exist.
    let (q, p) = ([0.8, 0.2], [0.5, 0.5])
    let printed = zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 - $1.1) }
    return .init(
      printed: printed.isNaN ? nil : printed, corrected: kullbackLeibler(of: q, from: p),
      independent: crossEntropy(of: q, from: p) - entropy(of: q))
  },
  ErratumCase("E-013", model: "the q and p of section 1. L1 prints δᵀC_p⁻¹δ without its half") {
    let pair = try GaussianPair.lecture()
    return .init(
      printed: PlaneLaw(pair.q).printedDivergence(from: PlaneLaw(pair.p)).value,
      corrected: try pair.q.kullbackLeibler(from: pair.p),
      independent: try planeQuadrature(pair.q, pair.p))
  },
  ErratumCase("E-014", model: "the same q, from N(0, I). L1 prints μᵀμ without its half") {
    let q = try GaussianPair.lecture().q
    let standard = try Gaussian.standardInThePlane()
    return .init(
      printed: PlaneLaw(q).printedDivergence(from: PlaneLaw(standard)).value,
      corrected: try q.kullbackLeibler(from: standard),
      independent: try planeQuadrature(q, standard))
  },
  ErratumCase(
    "E-018",
    model:
      "the same q, from N(0, I). L1 has one letter, n, for the number of data, here 5, and for the "
      + "dimension, which is 2: printed is ½ (5 − 2) less"
  ) {
    let q = try GaussianPair.lecture().q
    let standard = try Gaussian.standardInThePlane()
    let right = try q.kullbackLeibler(from: standard)
    return .init(
      printed: right + 0.5 * 2 - 0.5 * 5, corrected: right,
      independent: try planeQuadrature(q, standard))
  },
  ErratumCase(
    "E-019",
    model:
      "w(x) = (.4, .6), q(z|x) = ((.9, .1); (.2, .8)), p(z) = (.5, .5). L1: try to force p(z) ~ "
      + "N(0, I). If only the mixture were pulled, KL(Q(z)‖p(z)) would be paid; paid is "
      + "E_x KL(q(z|x)‖p(z))"
  ) {
    let problem = FamilyProblem.example
    return .init(
      printed: kullbackLeibler(of: problem.aggregate, from: problem.prior),
      corrected: AnyFamilyDerivation.answer.encoderPenalty(problem),
      independent: problem.exactPenalty.value)
  },
  ErratumCase(
    "E-075",
    model:
      ".6 Poisson(2) + .4 Poisson(9). L4 says that such data could not have been drawn from any "
      + "Poisson. They could: none excludes them, and KL(p‖q) of the best one is finite; it fits badly"
  ) {
    // Printed: probability zero. Right: a positive divergence, by two routes.
    let experts = Experts.twoAndNine
    return .init(
      printed: nil, corrected: try experts.divergence(fromPoissonOfRate: experts.mean).value,
      independent: try experts.divergenceAtTheMean().value)
  },
  ErratumCase(
    "E-076",
    model: "q = (.2, .8), p = (.5, .5). L4 calls KL(q‖p) the divergence from p to q, L0 calls "
      + "KL(q‖prior) that from q to the prior: read with the other's words, one gets KL(p‖q)"
  ) {
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
