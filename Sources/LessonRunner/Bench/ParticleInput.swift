import Approximate
import Interchange
import JSONText
import Models

/// What `particle-filter-n1000-t1000.json` holds: counts, a model of their rate, and how many particles see them.
struct ParticleInput {
  let filter: CountFilter

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let place = try file.member("model")
    let model = try AutoregressiveCounts(
      decay: try place.member("decay").number(),
      noiseVariance: try place.member("noiseVariance").number(),
      initialVariance: try place.member("initialVariance").number(),
      offset: try place.member("offset").number())
    filter = try CountFilter(
      model, try file.member("observations").array().map { try $0.integer(in: 0...(1 << 20)) },
      particles: try file.member("particles").integer(in: 1...(1 << 20)))
  }
}
