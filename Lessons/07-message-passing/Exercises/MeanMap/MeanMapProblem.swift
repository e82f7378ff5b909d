import GSL
import LessonKit
import Probability

/// Two members of one family, and a point with its log density as textbooks write it.
struct FamilyMember: Sendable {
  let name: String
  let law: any InvertibleFamily
  let other: any InvertibleFamily
  /// t(x) and log h(x) of the point.
  let statistics: [Double]
  let logBase: Double
  /// log p(x), by the textbook's formula.
  let textbook: Double

  init<Family: InvertibleFamily>(
    _ name: String, _ law: Family, _ other: Family, at point: Family.Point, textbook: Double
  ) throws {
    (self.name, self.law, self.other, self.textbook) = (name, law, other, textbook)
    statistics = try Family.statistics(of: point)
    logBase = try Family.logBase(of: point)
  }

  /// The member with natural parameters (1 − s) η + s η′.
  func along(_ s: Double) throws -> any InvertibleFamily {
    try law.sibling(
      naturalParameters: zip(law.naturalParameters, other.naturalParameters)
        .map { (1 - s) * $0 + s * $1 })
  }

  /// η′ − η.
  func step() throws -> [Double] {
    zip(other.naturalParameters, law.naturalParameters).map { $0 - $1 }
  }
}

/// Members of nine families, or of three of them, and two tables of log densities: of normal and of Cauchy distributions.
struct MeanMapProblem: Sendable {
  let members: [FamilyMember]
  /// Four points and four locations.
  let points: [Double]
  let locations: [Double]
  private let numbers: [Double]

  static func example() throws -> MeanMapProblem {
    try MeanMapProblem(
      [1.3, 0.7, 2.1, 1.6, 0.9, 2.4, 1.1, 0.6], [0.4, -1.2, 0.8],
      points: [-1.5, 0.2, 1.1, 3.1], locations: [0, 0.7, 1.6, 2.9])
  }

  static func random(_ cases: inout Cases) throws -> MeanMapProblem {
    let start = try cases.real(from: -1, to: 1)
    let steps = try cases.reals(6, from: 0.6, to: 1.4)
    return try MeanMapProblem(
      try cases.reals(8, from: 1, to: 1.7), try cases.reals(3, from: -1, to: 1),
      points: [start, start + steps[0], start + steps[0] + steps[1], start + 4],
      locations: [0, steps[3], steps[3] + steps[4], steps[3] + steps[4] + steps[5]],
      every: try cases.choose(below: 3))
  }

  /// Nine families from eight positive numbers and three others.
  ///
  /// With `third`, every third family from that one on: a drawn problem has three of the nine.
  init(
    _ n: [Double], _ m: [Double], points: [Double], locations: [Double], every third: Int? = nil
  ) throws {
    numbers = n + m
    self.points = points
    self.locations = locations
    let (v, w) = (n[0], n[1])
    let square = [1 + v, 0.4, 0.4, 1 + w]
    let determinant = (1 + v) * (1 + w) - 0.16
    // (x − m)ᵀ square⁻¹ (x − m) and trace(square⁻¹ X), by the 2 × 2 inverse.
    let x = [m[1], m[2]]
    let (a, b) = (x[0] - m[0], x[1] - m[1])
    let distance = ((1 + w) * a * a - 0.8 * a * b + (1 + v) * b * b) / determinant
    let matrix = [n[2] + 0.5, 0.3, 0.3, n[3] + 0.5]
    let size = (n[2] + 0.5) * (n[3] + 0.5) - 0.09
    let trace = ((1 + w) * matrix[0] - 0.24 + (1 + v) * matrix[3]) / determinant
    let dof = 1 + n[4]
    // log Γ_2(ν/2) = ½ log π + log Γ(ν/2) + log Γ((ν − 1)/2)
    let logGamma2 =
      0.5 * log(Double.pi) + (try SpecialFunctions.logGamma(dof / 2).value)
      + (try SpecialFunctions.logGamma((dof - 1) / 2).value)
    let wishart =
      0.5 * (dof - 3) * log(size) - 0.5 * trace - dof * log(2) - 0.5 * dof * log(determinant)
      - logGamma2
    // Σ = X⁻¹ has the density of X times |Σ|^−(d + 1), d = 2; with scale matrix square⁻¹.
    let inverse = [matrix[3] / size, -0.3 / size, -0.3 / size, matrix[0] / size]
    let scale = [
      (1 + w) / determinant, -0.4 / determinant, -0.4 / determinant, (1 + v) / determinant,
    ]
    let p = n[5] / (n[5] + n[6] + n[7])
    let probabilities = [p, n[6] / (n[5] + n[6] + n[7]), n[7] / (n[5] + n[6] + n[7])]
    let whole = n[0] + n[1] + n[2]
    var logGammas = try SpecialFunctions.logGamma(whole).value
    for alpha in n[..<3] { logGammas -= try SpecialFunctions.logGamma(alpha).value }
    let dirichlet =
      logGammas + zip(n[..<3], probabilities).reduce(0) { $0 + ($1.0 - 1) * log($1.1) }
    // μ | v ~ N(m, v/κ), v ~ inverse gamma(ν/2, Λ/2), at μ = m[1] and v = n[3].
    let (kappa, lambda) = (n[1], n[2])
    let normalInverse =
      -0.5 * log(2 * Double.pi * n[3] / kappa) - kappa * (m[1] - m[0]) * (m[1] - m[0]) / (2 * n[3])
      + 0.5 * n[4] * log(lambda / 2) - (try SpecialFunctions.logGamma(n[4] / 2).value)
      - (n[4] / 2 + 1) * log(n[3]) - lambda / (2 * n[3])
    let all = [
      try FamilyMember(
        "normal", NormalLaw(mean: m[0], variance: v), NormalLaw(mean: m[1], variance: w), at: m[2],
        textbook: -0.5 * (m[2] - m[0]) * (m[2] - m[0]) / v - 0.5 * log(2 * Double.pi * v)),
      try FamilyMember(
        "multivariate normal", Gaussian(mean: [m[0], m[1]], covariance: square),
        Gaussian(mean: [m[2], m[0]], covariance: matrix), at: x,
        textbook: -0.5 * distance - 0.5 * log(determinant) - log(2 * Double.pi)),
      try FamilyMember(
        "categorical", CategoricalLaw(meanParameters: probabilities),
        CategoricalLaw(naturalParameters: m), at: [0, 1, 0], textbook: log(probabilities[1])),
      try FamilyMember(
        "Dirichlet", DirichletLaw(concentration: Array(n[..<3])),
        DirichletLaw(concentration: Array(n[3..<6])), at: probabilities, textbook: dirichlet),
      try FamilyMember(
        "gamma", GammaLaw(shape: n[0], rate: n[1]), GammaLaw(shape: n[2], rate: n[3]), at: n[4],
        textbook: n[0] * log(n[1]) - (try SpecialFunctions.logGamma(n[0]).value)
          + (n[0] - 1) * log(n[4]) - n[1] * n[4]),
      try FamilyMember(
        "Wishart", WishartLaw(dof: dof, scale: square, dimension: 2),
        WishartLaw(dof: 1 + n[5], scale: matrix, dimension: 2), at: matrix, textbook: wishart),
      try FamilyMember(
        "inverse Wishart", InverseWishartLaw(dof: dof, scale: scale, dimension: 2),
        InverseWishartLaw(dof: 1 + n[6], scale: matrix, dimension: 2), at: inverse,
        textbook: wishart + 3 * log(size)),
      try FamilyMember(
        "normal–inverse-Wishart",
        NormalInverseWishart(naturalParameters: [
          kappa * m[0], kappa, lambda + kappa * m[0] * m[0], n[4] + 3,
        ]),
        NormalInverseWishart(naturalParameters: [
          n[3] * m[1], n[3], n[5] + n[3] * m[1] * m[1], n[6] + 3,
        ]),
        at: try Gaussian(mean: m[1], variance: n[3]), textbook: normalInverse),
      try FamilyMember(
        "Poisson", PoissonLaw(rate: n[5]), PoissonLaw(rate: n[6]), at: 3,
        textbook: 3 * log(n[5]) - n[5] - log(6)),
    ]
    members =
      third.map { first in stride(from: first, to: all.count, by: 3).map { all[$0] } } ?? all
  }

  /// log p(x_i | θ_j) of N(θ, v) with a spread that moves with θ: two statistics.
  var normalTable: [[Double]] {
    points.map { x in
      locations.map { NormalLaw(mean: $0, variance: 1 + 0.3 * $0 * $0).logDensity(x) }
    }
  }

  /// log p(x_i | θ_j) = −log π − log(1 + (x_i − θ_j)²) of a Cauchy distribution.
  var cauchyTable: [[Double]] {
    points.map { x in locations.map { -log(Double.pi) - log1p((x - $0) * (x - $0)) } }
  }
}

extension MeanMapProblem: Shown {
  /// The members with η and with η′, and the points of the first line.
  var givens: [Given] {
    let (n, m) = (Array(numbers[..<8]), Array(numbers[8...]))
    func list(_ values: [Double]) -> String {
      "(" + values.map { Format.short($0) }.joined(separator: ", ") + ")"
    }
    func law(_ name: String, _ from: [Double], _ to: [Double], _ x: String) -> Given {
      Given(name, words: "\(list(from)) to \(list(to)) at \(x)")
    }
    let p = n[5...].map { $0 / (n[5] + n[6] + n[7]) }
    return [
      Given("U", [[1 + n[0], 0.4], [0.4, 1 + n[1]]]),
      Given("V", [[n[2] + 0.5, 0.3], [0.3, n[3] + 0.5]]),
      law("mean, variance", [m[0], n[0]], [m[1], n[1]], Format.short(m[2])),
      Given(
        "mean, covariance",
        words: "\(list([m[0], m[1]])), U to \(list([m[2], m[0]])), V at \(list([m[1], m[2]]))"),
      Given(
        "categorical",
        words: "\(list(p)) to the softmax of \(list(m)) at its second value; η is log p, so A = 0"),
      law("Dirichlet α", Array(n[..<3]), Array(n[3..<6]), list(p)),
      law("gamma shape, rate", [n[0], n[1]], [n[2], n[3]], Format.short(n[4])),
      Given(
        "Wishart",
        words: "ν = \(Format.short(1 + n[4])), U to ν = \(Format.short(1 + n[5])), V at V"),
      Given(
        "inverse Wishart",
        words: "ν = \(Format.short(1 + n[4])), U⁻¹ to ν = \(Format.short(1 + n[6])), V at V⁻¹"),
      law("m, κ, ν, Λ", [m[0], n[1], n[4], n[2]], [m[1], n[3], n[6], n[5]], list([m[1], n[3]])),
      law("Poisson rate", [n[5]], [n[6]], "3"),
      Given("x of the tables", points).folded, Given("θ of the tables", locations).folded,
    ]
  }
}

/// The determinant of a 3 × 3 table, by its six products.
func determinant(_ t: [[Double]]) -> Double {
  t[0][0] * (t[1][1] * t[2][2] - t[1][2] * t[2][1])
    - t[0][1] * (t[1][0] * t[2][2] - t[1][2] * t[2][0])
    + t[0][2] * (t[1][0] * t[2][1] - t[1][1] * t[2][0])
}
