import Exact
public import JSONText
public import Models
import Networks
public import Probability

/// A structured autoencoder with a linear decoder, as `"approximation": "structured-vae"` describes it.
public struct StructuredAutoencoderSpec: Sendable {
  /// The prior with the global factor, which is held fixed.
  public enum Family: Sendable {
    /// A mixture with where its assignments start.
    case mixture(LatentMixture, globals: MixtureParameters, responsibilities: [[Double]])
    /// A chain of states.
    case dynamics(LatentDynamics, globals: MatrixNormalInverseWishart)
  }

  /// The prior and q(θ).
  public let family: Family
  /// How a latent number is seen.
  public let decoder: LinearDecoder
  /// y_n, an observation each.
  public let observations: [[Double]]
  /// ψ_n, the recognition network's output for each.
  public let potentials: [QuadraticPotential]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    let prior = try place.member("prior")
    let isMixture =
      try prior.member("family").string(among: ["gaussian-mixture", "linear-dynamical-system"])
      == "gaussian-mixture"
    try place.object(
      requiring: [
        "approximation", "prior", "global", "decoder", "observations", "potentials",
      ] + (isMixture ? ["responsibilities"] : []))
    decoder = try Self.decoder(try place.member("decoder"))
    observations = try place.member("observations").matrix(columns: decoder.outputCount)
    let least = isMixture ? 1 : 2
    let most = isMixture ? LatentMixture.mostObservations : Self.mostSteps
    guard (least...most).contains(observations.count) else {
      throw try place.member("observations").error(
        "expected \(least) to \(most) observations, found \(observations.count)")
    }
    potentials = try Self.potentials(
      try place.member("potentials"), count: observations.count, isMixture: isMixture)
    family =
      isMixture
      ? try Self.mixture(place, count: observations.count) : try Self.dynamics(place)
  }

  /// The most steps of a chain.
  public static let mostSteps = 200

  private static func decoder(_ place: JSONPlace) throws(PlaceError) -> LinearDecoder {
    try place.object(requiring: ["weights", "bias", "variances"])
    let weights = try place.member("weights").numbers()
    let bias = try place.member("bias").numbers(count: weights.count)
    let variances = try place.member("variances").numbers(count: weights.count)
    return try place.making { () throws(ModelError) in
      try LinearDecoder(weights: weights.map { [$0] }, bias: bias, variances: variances)
    }
  }

  private static func potentials(
    _ place: JSONPlace, count: Int, isMixture: Bool
  ) throws(PlaceError) -> [QuadraticPotential] {
    try place.object(requiring: ["precision", "linear"])
    let linear = try place.member("linear").numbers(count: count)
    var potentials: [QuadraticPotential] = []
    for (n, place) in try place.member("precision").array(count: count).enumerated() {
      let precision = try place.number()
      guard precision >= 0 else { throw place.error(expected: "a number of at least 0") }
      // The last state of a chain has no doubt about its successor to lean on.
      guard isMixture || n < count - 1 || precision > 0 || linear[n] == 0 else {
        throw place.error(expected: "a number above 0, as the last linear part is not 0")
      }
      potentials.append(QuadraticPotential(linear: linear[n], precision: precision))
    }
    return potentials
  }
}

// MARK: The two priors

extension StructuredAutoencoderSpec {
  private static func mixture(_ place: JSONPlace, count: Int) throws(PlaceError) -> Family {
    let prior = try place.member("prior").object(requiring: [
      "family", "concentration", "mean", "kappa", "dof", "scale",
    ])
    let concentration = try prior.positive("concentration")
    guard !concentration.isEmpty else {
      throw try prior.member("concentration").error(expected: "at least one number")
    }
    let components = concentration.count
    let component = try scalarComponent(
      try prior.member("mean").number(), try prior.member("kappa").positiveNumber(),
      try prior.member("dof").positiveNumber(), try prior.member("scale").positiveNumber(), prior)
    let global = try place.member("global").object(requiring: [
      "concentration", "mean", "kappa", "dof", "scale",
    ])
    let counts = try global.positive("concentration", count: components)
    let means = try global.member("mean").numbers(count: components)
    let kappas = try global.positive("kappa", count: components)
    let dofs = try global.positive("dof", count: components)
    let scales = try global.positive("scale", count: components)
    var factors: [NormalInverseWishart] = []
    for k in 0..<components {
      factors.append(try scalarComponent(means[k], kappas[k], dofs[k], scales[k], global))
    }
    return .mixture(
      LatentMixture(
        try parameters(
          concentration, Array(repeating: component, count: components), prior)),
      globals: try parameters(counts, factors, global),
      responsibilities: try place.member("responsibilities").conditionals(
        rows: count, columns: components))
  }

  private static func dynamics(_ place: JSONPlace) throws(PlaceError) -> Family {
    let prior = try place.member("prior").object(requiring: [
      "family", "initialMean", "initialVariance", "mean", "kappa", "dof", "scale",
    ])
    let initialMean = try prior.member("initialMean").number()
    let initialVariance = try prior.member("initialVariance").positiveNumber()
    let parameters = try scalarDynamics(prior)
    let global = try place.member("global").object(requiring: ["mean", "kappa", "dof", "scale"])
    let dynamics = try prior.making { () throws(ModelError) in
      try LatentDynamics(
        initialMean: [initialMean], initialCovariance: [[initialVariance]],
        parameters: parameters)
    }
    return .dynamics(dynamics, globals: try scalarDynamics(global))
  }

  private static func scalarComponent(
    _ mean: Double, _ kappa: Double, _ dof: Double, _ scale: Double, _ place: JSONPlace
  ) throws(PlaceError) -> NormalInverseWishart {
    try place.making { () throws(ModelError) in
      try NormalInverseWishart(mean: [mean], kappa: kappa, dof: dof, scale: [[scale]])
    }
  }

  private static func scalarDynamics(
    _ place: JSONPlace
  ) throws(PlaceError) -> MatrixNormalInverseWishart {
    let mean = try place.member("mean").number()
    let kappa = try place.member("kappa").positiveNumber()
    let dof = try place.member("dof").positiveNumber()
    let scale = try place.member("scale").positiveNumber()
    do {
      return try MatrixNormalInverseWishart(
        mean: [[mean]], kappa: [[kappa]], dof: dof, scale: [[scale]])
    } catch { throw place.error("\(error)") }
  }

  private static func parameters(
    _ concentration: [Double], _ components: [NormalInverseWishart], _ place: JSONPlace
  ) throws(PlaceError) -> MixtureParameters {
    do {
      return try MixtureParameters(
        weights: try DirichletLaw(concentration: concentration), components: components)
    } catch { throw place.error("\(error)") }
  }
}

extension JSONPlace {
  /// The numbers above zero of a key.
  fileprivate func positive(_ key: String, count: Int? = nil) throws(PlaceError) -> [Double] {
    var numbers: [Double] = []
    for place in try member(key).array(count: count) {
      numbers.append(try place.positiveNumber())
    }
    return numbers
  }
}
