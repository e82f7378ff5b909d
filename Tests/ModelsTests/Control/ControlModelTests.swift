import Models
import Networks
import Probability
import Testing

@Suite("Systems that are steered, and pictures of them")
struct ControlModelTests {
  // Catches: F at every step, R outside the sum, a push that comes before its control.
  @Test("The cost of two steps is the sum that one writes by hand")
  func cost() throws {
    let system = try LinearQuadratic(
      dynamics: [[2]], input: [[3]], stateCost: [[5]], controlCost: [[7]], finalCost: [[11]])
    // x: 1, then 2 − 3 = −1, with the push 0.5 it is −0.5; then −1 + 6 = 5.
    let (controls, pushes) = ([Vector(-1), Vector(2)], [Vector(0.5), Vector(0)])
    let expected: Double = 5 + 7 + 1.25 + 28 + 275
    #expect(system.cost(from: Vector(1), controls: controls, pushes: pushes) == expected)
    #expect(system.cost(from: Vector(1), controls: []) == 11)
    #expect(system.next(Vector(1), Vector(-1)) == Vector(-1))
  }

  // Catches: a place that moves by the old speed, which two pictures could not show.
  @Test("The point mass moves by its new speed")
  func pointMass() throws {
    let next = try LinearQuadratic.pointMass().next(Vector(-3, 1), Vector(0.5))
    #expect(abs(next[0] + 1.6) < 1e-15 && abs(next[1] - 1.4) < 1e-15)
  }

  @Test(
    "Costs that reward, and shapes that do not fit, are refused with their place",
    arguments: [
      (Matrix([[1, 0], [0, -1]]), Matrix([[1]]), "stateCost"),
      (Matrix([[1, 0], [0, 1]]), Matrix([[0]]), "controlCost"),
      (Matrix([[1]]), Matrix([[1]]), "stateCost"),
      (Matrix([[1, 0], [0, .nan]]), Matrix([[1]]), "stateCost"),
    ])
  func refused(state: Matrix, control: Matrix, place: String) {
    let error = #expect(throws: ModelError.self) {
      try LinearQuadratic(
        dynamics: [[1, 0], [0, 1]], input: [[1], [0]], stateCost: state, controlCost: control,
        finalCost: [[1, 0], [0, 1]])
    }
    #expect(error?.place.hasPrefix(place) == true)
  }

  @Test("A system of nothing, and one whose input has other rows, are refused")
  func refusedShapes() {
    #expect(throws: ModelError.self) {
      try LinearQuadratic(
        dynamics: Matrix(zeros: 0, 0), input: [[1]], stateCost: [[1]], controlCost: [[1]],
        finalCost: [[1]])
    }
    #expect(throws: ModelError.self) {
      try LinearQuadratic(
        dynamics: [[1]], input: [[1], [2]], stateCost: [[1]], controlCost: [[1]],
        finalCost: [[1]])
    }
  }

  // Catches: a strip that is not centred, a width that is a variance.
  @Test("A light in the middle is symmetric, and falls to e^(−1/2) at its width")
  func picture() throws {
    let strip = try PictureStrip(pixels: 9, width: 2, noise: 0)
    let middle = strip.picture(of: 0)
    #expect(middle == Array(middle.reversed()) && middle[4] == 1)
    #expect(abs(middle[6] - 0.60653065971263342) < 1e-15)
    for (shifted, still) in zip(strip.picture(of: 1).dropFirst(), middle) {
      #expect(abs(shifted - still) < 1e-15)
    }
    #expect(throws: ModelError.self) { try PictureStrip(pixels: 1, width: 2, noise: 0) }
    #expect(throws: ModelError.self) { try PictureStrip(pixels: 9, width: 0, noise: 0) }
    #expect(throws: ModelError.self) { try PictureStrip(pixels: 9, width: 2, noise: -1) }
  }

  // Catches: pictures that do not follow one another, a run that is never begun anew.
  @Test("Experience is a chain of pictures, begun anew every four steps, and a seed says which")
  func explore() throws {
    let strip = try PictureStrip(pixels: 8, width: 3, noise: 0.01)
    let system = try LinearQuadratic.pointMass()
    func steps() throws -> [PictureTransition] {
      var choices = try Sampler(seed: 5)
      return try strip.explore(system, transitions: 10, &choices)
    }
    let seen = try steps()
    let again = try steps()
    #expect(seen.count == 10 && seen == again)
    for (t, (one, next)) in zip(seen, seen.dropFirst()).enumerated() {
      #expect((one.next == next.now && one.now == next.before) == (t % 4 != 3))
    }
    #expect(seen.allSatisfy { abs($0.control) <= 0.5 && $0.cost >= 0 })
  }
}
