import Approximate
import LessonKit
import Models
import Networks
import Probability

/// Potentials that are scaled and shifted.
let potentialExperiment = Experiment(
  id: "potential", title: "What the recognition network says",
  prompt:
    "Scale the precision of all potentials, and go towards the decoder's. Where is the ELBO highest, and "
    + "what happens to the local term there?",
  givens: (try? ClusterProblem.threePoints().givens) ?? [],
  controls: [
    .init("trust", "factor of every J_n and h_n", from: 0, to: 3, by: 0.25, at: 1),
    .init("towards", "share of the way to the decoder's", from: 0, to: 1, by: 0.1, at: 0),
  ],
  marks: [("right", ["towards": [1]]), ("silent", ["trust": [0], "towards": [0]])]
) { settings in
  let example = try ClusterProblem.threePoints()
  let scaled = example.with(example.potentials.map { settings["trust"] * $0 })
  let found = try localShare(scaled, towards: settings["towards"])
  let places = (0...20).map { Double($0) / 20 }
  let curve = try places.map { try localShare(scaled, towards: $0).share }
  return Experiment.Screen(
    [
      ("ELBO", LowerBound(found.elbo)), ("log p(y)", try example.logEvidence),
      ("|local term| / |natural gradient|", ExactValue(found.share)),
      ("cosine without it", ExactValue(found.cosine)),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The share of the local term on the way to the decoder's potentials",
          [.init("share", places: places, heights: curve, ink: .q)], axis: "share of the way",
          kind: .exact)
      }
    ],
    remark:
      "The best potentials need not be the decoder's: q(x) q(z) is no posterior, and the ELBO counts "
      + "what is lost.")
}
