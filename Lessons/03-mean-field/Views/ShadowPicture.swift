import LessonKit
import Probability

/// The posterior of sprinkler and rain beside the two products that come nearest to it.
@Sendable func shadowPicture(_: RunContext) throws -> Picture {
  let bits = try TwoBits.lawn()
  let exclusive = try WhatFactorisingLosesDerivation.exclusiveFit(bits)
  let inclusive = try WhatFactorisingLosesDerivation.inclusiveFit(bits)
  func panel(_ name: String, _ p: [Double]) -> Drawing.Panel {
    Drawing.Panel(
      name, rows: ["S=0", "S=1"], columns: ["R=0", "R=1"],
      values: [[p[0], p[1]], [p[2], p[3]]])
  }
  return Drawing.grid(
    "A posterior and its shadows",
    [
      panel("p(z|x)", bits.posterior.map(\.value)),
      panel("min KL(q‖p)", product(exclusive)),
      panel("min KL(p‖q)", product(inclusive)),
    ], kind: .exact,
    caption: """
      The product nearest in KL(q‖p) gives up one of the two explanations of the wet grass. The \
      one nearest in KL(p‖q) has the exact marginals, and puts probability into the two corners where \
      p has least.
      """)
}
