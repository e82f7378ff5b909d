import Verification

/// The two sides of a check on the example, as text.
struct ExampleSides {
  let left: String
  let right: String
  /// One number where both sides have it, else both with their sign.
  let together: String

  init(_ finding: Finding, _ holds: Bool) {
    let sides = SidesText(finding, holds: holds)
    (left, right) = (sides.left, sides.right)
    together =
      sides.sign == "=" && sides.left == sides.right
      ? sides.left : "\(sides.left) \(sides.sign) \(sides.right)"
  }
}
