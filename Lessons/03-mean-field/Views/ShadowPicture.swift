import LessonKit
import Probability

/// A posterior over two bits beside the two products that come nearest to it.
@Sendable func shadowPicture(_: RunContext) throws -> Picture {
  let bits = TwoBits()
  let exclusive = try WhatFactorisingLosesDerivation.exclusiveFit(bits)
  let inclusive = try WhatFactorisingLosesDerivation.inclusiveFit(bits)
  func panel(_ name: String, _ p: [Double]) -> Drawing.Panel {
    Drawing.Panel(
      name, rows: ["z₁=0", "z₁=1"], columns: ["z₂=0", "z₂=1"],
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
      The middle one, a fixed point, gives up a corner of p; the last fills corners p nearly \
      leaves empty.
      """)
}
