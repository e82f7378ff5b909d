import Networks
import Testing
import _Differentiation

@Suite struct VectorDerivativeTests {
  @Test(arguments: seeds) func vectorSpace(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let pair = Two(first: inputs.vector(3), second: inputs.vector(3))
    #expect(complaints(at: pair) { probed($0.first + $0.second) } == [])
    #expect(complaints(at: pair) { probed($0.first - $0.second) } == [])
    #expect(complaints(at: pair) { probed(-$0.first) } == [])
    #expect(complaints(at: pair) { probed(addedInPlace($0.first, $0.second)) } == [])
    let scaled = Two(first: inputs.vector(3), second: 0.5 + inputs.number().magnitude)
    #expect(complaints(at: scaled) { probed($0.second * $0.first) } == [])
    #expect(complaints(at: scaled) { probed($0.first * $0.second) } == [])
    #expect(complaints(at: scaled) { probed($0.first / $0.second) } == [])
    #expect(complaints(at: scaled) { probed($0.first + $0.second) } == [])
    #expect(complaints(at: scaled) { probed($0.first - $0.second) } == [])
    #expect(complaints(at: scaled) { probed($0.second - $0.first) } == [])
  }

  @Test(arguments: seeds) func products(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let pair = Two(first: inputs.vector(4), second: inputs.positiveVector(4))
    #expect(complaints(at: pair) { probed($0.first * $0.second) } == [])
    #expect(complaints(at: pair) { probed($0.first / $0.second) } == [])
    #expect(complaints(at: pair) { $0.first.dot($0.second) } == [])
    #expect(complaints(at: pair) { $0.first.dot($0.first) } == [])
    #expect(complaints(at: pair) { ($0.first * $0.second).sum() } == [])
  }

  @Test(arguments: seeds) func entries(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let vector = inputs.vector(4)
    #expect(complaints(at: vector) { $0[2] * $0[0] - $0[2] } == [])
    // A repeated position collects both cotangents.
    #expect(complaints(at: vector) { probed($0[[3, 1, 1, 0, 3]]) } == [])
    #expect(complaints(at: vector) { probed($0[1..<3]) } == [])
    #expect(complaints(at: vector) { probed($0[2..<2]) } == [])
    let pair = Two(first: vector, second: inputs.vector(3))
    #expect(complaints(at: pair) { probed($0.first.concatenated(with: $0.second)) } == [])
    #expect(complaints(at: pair) { probed($0.first.replacing(1, with: $0.second[2])) } == [])
    #expect(complaints(at: vector) { probed(builtBackwards($0)) } == [])
    #expect(complaints(at: vector) { probed(Vector($0[3])) } == [])
    #expect(complaints(at: vector) { probed(Vector($0[3], $0[1])) } == [])
    #expect(complaints(at: vector) { probed(Vector($0[3], $0[1], $0[1])) } == [])
    #expect(complaints(at: vector) { probed(Vector($0[3], $0[1], $0[0], $0[2])) } == [])
  }
}

@Suite struct VectorEdgeTests {
  private let vector: Vector = [1.5, -2]

  @Test func zeroIsTheZeroOfEveryLength() {
    #expect(vector + .zero == vector)
    #expect(.zero + vector == vector)
    #expect(vector - .zero == vector)
    #expect(.zero - vector == [-1.5, 2])
    #expect(vector * .zero == .zero)
    #expect(vector.dot(.zero) == 0)
    #expect(Vector.zero.sum() == 0)
    #expect(Vector.zero.filled(like: vector) == [0, 0])
    #expect(vector.filled(like: [1, 2, 3]) == vector)
  }

  @Test func inPlaceIsTheSameAsNew() {
    var sum = Vector.zero
    sum += vector
    sum += [1, 1]
    sum += .zero
    #expect(sum == [2.5, -1])
    sum -= vector
    #expect(sum == [1, 1])
    sum.move(by: [0.5, 0])
    #expect(sum == [1.5, 1])
  }

  @Test func anUnusedOperandHasTheGradientZero() {
    let pair = Two(first: vector, second: Vector([4, 5, 6]))
    let derivative = gradient(at: pair) { $0.first.sum() }
    #expect(derivative.second == .zero)
    #expect(pair.flat(derivative) == [1, 1, 0, 0, 0])
  }

  @Test func oneEntry() {
    #expect(gradient(at: Vector([3])) { $0.dot($0) } == [6])
    #expect(gradient(at: Vector([3])) { logSumExp($0) } == [1])
  }

  @Test("What does not fit, or is not there, is NaN and keeps its shape")
  func shapesThatDoNotFit() {
    func isLost(_ found: some Entrywise, _ count: Int) -> Bool {
      found.array.count == count && found.array.allSatisfy(\.isNaN)
    }
    let (two, three) = (Vector([1, 2]), Vector([1, 2, 3]))
    let row: Matrix = [[1, 2]]
    #expect(isLost(two + three, 2) && isLost(three - two, 3) && isLost(two * three, 2))
    #expect(isLost(Matrix([[1, 2], [3]]), 4) && isLost(Matrix(rows: 1, columns: 2, [1]), 2))
    #expect(isLost(row.times(three), 1) && isLost(row.times(row), 2))
    #expect(isLost(row.transposedTimes(two), 2) && isLost(logProduct(two, row), 2))
    #expect(isLost(row.row(1), 2) && isLost(row.column(-1), 1) && isLost(row.diagonal(), 1))
    #expect(isLost(row.replacing(row: 3, with: two), 2) && isLost(row.meanOfRows([0, 1]), 2))
    #expect(isLost(two.replacing(2, with: 1), 2) && isLost(solve(row, two), 2))
    #expect(two[2].isNaN && two[-1].isNaN && row[1, 0].isNaN && two.dot(three).isNaN)
    #expect(two[[0, 2]][0] == 1 && two[[0, 2]][1].isNaN && two[1..<3][1].isNaN)
    #expect(logBernoulli(of: two, logits: three).isNaN && expectation(of: two, under: three).isNaN)
    #expect(logDeterminant(row).isNaN && logDeterminant([[.infinity]]).isNaN)
    var assigned = two
    assigned.assign([1, 2, 3])
    #expect(isLost(assigned, 2))
  }

  @Test("The gradient of what is not there stops nothing either")
  func gradientsOfWhatIsNotThere() {
    #expect(gradient(at: vector) { $0[5] } == [0, 0])
    #expect(gradient(at: vector) { $0[[0, 7]].sum() } == [1, 0])
    #expect(gradient(at: Matrix([[1, 2]])) { $0.row(4).sum() } == [[0, 0]])
    #expect(gradient(at: Matrix([[1, 2]])) { $0[0, 9] } == [[0, 0]])
    let lost = gradient(at: Matrix([[1, 2]])) { $0.meanOfRows([3]).sum() }
    #expect(lost.array.allSatisfy { $0.isNaN })
  }
}

@differentiable(reverse)
func addedInPlace(_ first: Vector, _ second: Vector) -> Vector {
  var sum = first
  sum += second
  sum -= first * second
  return sum
}

@differentiable(reverse)
func builtBackwards(_ vector: Vector) -> Vector {
  var result = Vector([])
  for place in 0..<withoutDerivative(at: vector.count) {
    result.append(vector[withoutDerivative(at: vector.count) - 1 - place] * vector[0])
  }
  return result
}
