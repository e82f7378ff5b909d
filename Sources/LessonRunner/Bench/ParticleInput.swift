import Approximate
import Interchange
import JSONText
import Models

/// What `particle-filter-n1000-t1000.json` holds: counts, a model of their rate, and how many particles see them.
struct ParticleInput {
  let filter: CountFilter

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let model = try file.member("model")
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: try model.member("initialVariance").number(),
      dynamics: try model.member("decay").number(),
      noise: try model.member("noiseVariance").number(),
      offset: try model.member("offset").number(),
      counts: try file.member("observations").array().map { try $0.integer(in: 0...(1 << 20)) })
    filter = try CountFilter(
      chain, particles: try file.member("particles").integer(in: 1...(1 << 20)))
  }
}
