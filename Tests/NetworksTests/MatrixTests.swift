import Networks
import Testing
import _Differentiation

@Suite struct MatrixDerivativeTests {
  @Test(arguments: seeds) func vectorSpace(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let pair = Two(first: inputs.matrix(2, 3), second: inputs.matrix(2, 3))
    #expect(complaints(at: pair) { probed($0.first + $0.second) } == [])
    #expect(complaints(at: pair) { probed($0.first - $0.second) } == [])
    #expect(complaints(at: pair) { probed(-$0.first * $0.second) } == [])
    #expect(complaints(at: pair) { $0.first.dot($0.second) } == [])
    #expect(complaints(at: pair) { probed(combinedInPlace($0.first, $0.second)) } == [])
    let scaled = Two(first: inputs.matrix(2, 3), second: inputs.number())
    #expect(complaints(at: scaled) { probed($0.second * $0.first) } == [])
    #expect(complaints(at: scaled) { probed($0.first * $0.second) } == [])
  }

  @Test(arguments: seeds) func products(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    // 2 x 3, 3, 2 and 3 x 4: transposing the wrong operand does not fit.
    let matrix = inputs.matrix(2, 3)
    let right = Two(first: matrix, second: inputs.vector(3))
    #expect(complaints(at: right) { probed($0.first.times($0.second)) } == [])
    let left = Two(first: matrix, second: inputs.vector(2))
    #expect(complaints(at: left) { probed($0.first.transposedTimes($0.second)) } == [])
    let both = Two(first: matrix, second: inputs.matrix(3, 4))
    #expect(complaints(at: both) { probed($0.first.times($0.second)) } == [])
    #expect(complaints(at: matrix) { probed($0.transposed()) } == [])
    let vectors = Two(first: inputs.vector(2), second: inputs.vector(3))
    #expect(complaints(at: vectors) { probed(outer($0.first, $0.second)) } == [])
    #expect(complaints(at: vectors) { probed(outerSum($0.first, $0.second)) } == [])
    let form = Two(first: inputs.matrix(3, 3), second: inputs.vector(3))
    #expect(complaints(at: form) { $0.first.quadraticForm($0.second) } == [])
  }

  @Test(arguments: seeds) func entries(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let matrix = inputs.matrix(3, 3)
    #expect(complaints(at: matrix) { $0[0, 2] * $0[2, 1] } == [])
    #expect(complaints(at: matrix) { probed($0.row(1)) } == [])
    #expect(complaints(at: matrix) { probed($0.column(2)) } == [])
    #expect(complaints(at: matrix) { probed($0.diagonal()) } == [])
    #expect(complaints(at: matrix) { probed($0.flattened()) } == [])
    #expect(complaints(at: matrix) { probed($0.removing(row: 0, column: 1)) } == [])
    #expect(complaints(at: matrix) { probed($0.rowSums()) + $0.sum() } == [])
    #expect(complaints(at: matrix) { probed($0.columnSums()) } == [])
    #expect(complaints(at: matrix) { probed($0.meanOfRows([2, 0, 2])) } == [])
    #expect(complaints(at: matrix) { probed(exp($0)) } == [])
    #expect(complaints(at: exp(matrix)) { probed(log($0)) } == [])
    let pair = Two(first: matrix, second: inputs.vector(3))
    #expect(complaints(at: pair) { probed($0.first.replacing(row: 1, with: $0.second)) } == [])
    #expect(complaints(at: pair.second) { probed(Matrix(diagonal: $0)) } == [])
    let list = inputs.vector(6)
    #expect(
      complaints(at: list) { probed(Matrix(rows: 2, columns: 3, entries: $0).column(1)) } == [])
  }

  @Test(arguments: seeds) func logProducts(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let left = Two(first: inputs.vector(2), second: inputs.matrix(2, 3))
    #expect(complaints(at: left) { probed(logProduct($0.first, $0.second)) } == [])
    let right = Two(first: inputs.matrix(2, 3), second: inputs.vector(3))
    #expect(complaints(at: right) { probed(logProduct($0.first, $0.second)) } == [])
    #expect(complaints(at: right.first) { probed(logSumExpRows($0)) } == [])
    #expect(complaints(at: right.first) { probed(logSumExpColumns($0)) } == [])
    #expect(complaints(at: right.first) { probed(logSoftmaxRows($0)) } == [])
  }

  @Test(arguments: seeds, [1, 2, 4]) func determinants(seed: UInt64, size: Int) throws {
    var inputs = try RandomInputs(seed: seed)
    let matrix = inputs.dominantMatrix(size)
    #expect(complaints(at: matrix) { logDeterminant($0) } == [])
    let flipped = matrix.replacing(row: 0, with: -matrix.row(0))
    #expect(complaints(at: flipped) { logAbsoluteDeterminant($0) } == [])
    let pair = Two(first: matrix, second: inputs.vector(size))
    #expect(complaints(at: pair) { probed(solve($0.first, $0.second)) } == [])
  }
}

@Suite struct MatrixEdgeTests {
  private let never = -Double.infinity
  private let matrix: Matrix = [[1, 2, 3], [4, 5, 6]]

  @Test func productsByHand() {
    #expect(matrix.times(Vector([1, 0, -1])) == [-2, -2])
    #expect(matrix.transposedTimes(Vector([1, -1])) == [-3, -3, -3])
    #expect(matrix.transposed() == [[1, 4], [2, 5], [3, 6]])
    #expect(matrix.times([[1], [0], [2]] as Matrix) == [[7], [16]])
    #expect(outer([1, 2], [3, 4]) == [[3, 4], [6, 8]])
    #expect(outerSum([1, 2], [3, 4]) == [[4, 5], [5, 6]])
    #expect(matrix.removing(row: 0, column: 1) == [[4, 6]])
    #expect(matrix.rowSums() == [6, 15])
    #expect(matrix.columnSums() == [5, 7, 9])
  }

  @Test func zeroIsTheZeroOfEveryShape() {
    #expect(matrix + .zero == matrix)
    #expect(.zero - matrix == -matrix)
    #expect(matrix * .zero == .zero)
    #expect(Matrix.zero.filled(like: matrix) == Matrix(zeros: 2, 3))
    #expect(matrix.times(Vector.zero) == [0, 0])
    #expect(matrix.transposedTimes(Vector.zero) == [0, 0, 0])
  }

  @Test func impossibleColumnsHaveTheGradientZero() {
    let table: Matrix = [[never, 0], [never, never]]
    let pair = Two(first: Vector([1, 2]), second: table)
    let found = valueWithGradient(at: pair) { logProduct($0.first, $0.second)[1] }
    #expect(found.value == 1)
    #expect(found.gradient.second == [[0, 1], [0, 0]])
    #expect(found.gradient.first == [1, 0])
    let lost = gradient(at: pair) { logProduct($0.first, $0.second)[0] }
    #expect(lost.second == Matrix(zeros: 2, 2))
    #expect(logProduct(pair.first, table)[0] == never)
    #expect(logProduct(table, pair.first) == [2, never])
    #expect(logSoftmaxRows(table) == table)
    #expect(gradient(at: table) { logSoftmaxRows($0)[1, 0] } == Matrix(zeros: 2, 2))
  }

  @Test func determinantsByHand() {
    // The first pivot is 0: rows must be exchanged, and the sign with them.
    #expect(logDeterminant([[0, -1], [1, 0]]) == 0)
    #expect(logDeterminant([[0, 1], [1, 0]]).isNaN)
    #expect(logAbsoluteDeterminant([[0, 1], [1, 0]]) == 0)
    #expect(logDeterminant([[1, 2], [2, 4]]) == never)
    #expect(logDeterminant(.zero) == 0)
    let found = gradient(at: Matrix([[2, 1], [4, 8]])) { logDeterminant($0) }
    // A⁻ᵀ = [[8, −4], [−1, 2]] / 12
    let expected: Matrix = (1.0 / 12) * [[8, -4], [-1, 2]]
    #expect((found - expected).array.allSatisfy { $0.magnitude <= 4 * 0x1p-52 })
    #expect(gradient(at: Matrix([[1, 2], [2, 4]])) { logDeterminant($0) }[0, 0].isNaN)
  }
}

@differentiable(reverse)
func combinedInPlace(_ first: Matrix, _ second: Matrix) -> Matrix {
  var sum = first
  sum += second
  sum -= first * second
  return sum
}
