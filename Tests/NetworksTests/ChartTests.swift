import Networks
import Testing
import _Differentiation

@Suite struct ChartTests {
  @Test(arguments: seeds) func aGrowingListHasADerivative(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let vector = inputs.vector(3)
    #expect(complaints(at: vector) { probed(recurrence($0)) } == [])
    #expect(complaints(at: vector) { probed(stackedPowers($0)) } == [])
  }

  @Test func readingInAnyOrderAndNotAtAll() {
    // Entry 1 is never read, entry 0 twice: its cotangents add up.
    let found = gradient(at: Vector([2, 3])) { vector in
      let chart = Chart().appending(vector).appending(vector * vector).appending(3 * vector)
      return chart[2][0] + chart[0][1] + chart[0].sum()
    }
    #expect(found == [4, 2])
  }

  @Test func aLastEntryThatIsNeverReadTakesNothing() {
    // The gradient arriving at the list is shorter than the list: an adjoint that removes its last
    // entry all the same hands the first vector's share to the second.
    let found = gradient(at: Vector([2, 3])) { vector in
      Chart().appending(vector).appending(vector * vector)[0].sum()
    }
    #expect(found == [1, 1])
  }

  @Test func missingVectorsAreZero() {
    let long = Chart([[1, 2], [3]])
    let short = Chart([[10, 10]])
    #expect(long + short == Chart([[11, 12], [3]]))
    #expect(short + long == Chart([[11, 12], [3]]))
    #expect(short - long == Chart([[9, 8], [-3]]))
    #expect(long + .zero == long)
    #expect(Chart([.zero, [3]]) + long == Chart([[1, 2], [6]]))
    var moved = long
    moved.move(by: short)
    #expect(moved == long + short)
  }

  @Test func theGradientOfAListIsAList() {
    let chart = Chart([[1, 2], [3, 4], [5, 6]])
    #expect(gradient(at: chart) { $0[1].dot($0[1]) } == Chart([.zero, [6, 8]]))
    #expect(
      gradient(at: chart) { $0.stacked()[2, 0] } == Chart([[0, 0], [0, 0], [1, 0]]))
  }
}

/// vₜ = vₜ₋₁ vₜ₋₂ + v₀: reads two entries behind the front, and the first one over and over.
@differentiable(reverse)
func recurrence(_ first: Vector) -> Vector {
  var chart = Chart().appending(first).appending(0.5 * first)
  for place in 2..<6 {
    chart.append(chart[place - 1] * chart[place - 2] + 0.3 * chart[0])
  }
  return chart[5]
}

@differentiable(reverse)
func stackedPowers(_ vector: Vector) -> Matrix {
  var chart = Chart()
  var power = vector
  for _ in 0..<3 {
    chart.append(power)
    power = power * vector
  }
  return chart.stacked()
}
