import GSL
import Networks
import Testing
import _Differentiation

@Suite struct LayerTests {
  @Test(arguments: seeds) func linearMap(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let map = Linear(weights: inputs.matrix(2, 3), bias: inputs.vector(2))
    let pair = Two(first: map, second: inputs.vector(3))
    #expect(complaints(at: pair) { probed($0.first($0.second)) } == [])
  }

  @Test(arguments: seeds, Activation.allCases)
  func perceptron(seed: UInt64, activation: Activation) throws {
    var inputs = try RandomInputs(seed: seed)
    let network = Perceptron(
      hidden: Linear(weights: inputs.matrix(3, 2), bias: inputs.vector(3)),
      activation: activation,
      output: Linear(weights: inputs.matrix(2, 3), bias: inputs.vector(2)))
    let pair = Two(first: network, second: inputs.vector(2))
    #expect(complaints(at: pair) { probed($0.first($0.second)) } == [])
  }

  @Test(arguments: seeds) func embedding(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let layer = Embedding(table: inputs.matrix(4, 3))
    #expect(complaints(at: layer) { probed($0([3, 0, 3])) } == [])
  }

  @Test func embeddingByHand() {
    let layer = Embedding(table: [[1, 2], [3, 4], [5, 7]])
    #expect(layer([0, 2, 2, 0]) == [3, 4.5])
    #expect(layer([]) == [0, 0])
    let derivative = gradient(at: layer) { $0([]).sum() }
    #expect(layer.flat(derivative) == [0, 0, 0, 0, 0, 0])
  }

  @Test func activationsAreWhatTheyAreCalled() {
    let input: Vector = [-1, 0.5]
    #expect(Activation.identity(input) == input)
    #expect(Activation.tanh(input) == tanh(input))
    #expect(Activation.sigmoid(input) == sigmoid(input))
    #expect(Activation.softplus(input) == softplus(input))
  }

  @Test func randomWeightsComeFromTheCaller() {
    // The "random" numbers 1, 2, 3, … over √4, row after row.
    var last = 0.0
    let map = Linear(inputs: 4, outputs: 2) {
      last += 1
      return last
    }
    #expect(map.weights == [[0.5, 1, 1.5, 2], [2.5, 3, 3.5, 4]])
    #expect(map.bias == [0, 0])
    let network = Perceptron(inputs: 1, hidden: 2, outputs: 1) { 1 }
    #expect(network.parameterCount == 2 + 2 + 2 + 1)
  }

  @Test func theZeroMapIsTheZeroOfEveryShape() {
    let map = Linear(weights: [[1, 2]], bias: [3])
    #expect(map + .zero == map)
    #expect(map - map == Linear(weights: [[0, 0]], bias: [0]))
    var moved = map
    moved.move(by: map)
    #expect(moved == map + map)
  }

  @Test func aNetworkLearnsExclusiveOr() throws {
    // No linear map can: the log-likelihood of one is at best 4 log ½ ≈ −2.77.
    var inputs = try RandomInputs(seed: 3)
    var numbers = inputs.vector(2 * 4 + 4)
    var network = Perceptron(inputs: 2, hidden: 4, outputs: 1) {
      let next = numbers[0]
      numbers = numbers[1..<numbers.count]
      return next
    }
    var rule = Adam(learningRate: 0.05)
    for _ in 0..<400 {
      rule.ascend(&network, along: gradient(at: network) { logLikelihood($0) })
    }
    #expect(logLikelihood(network) > -0.1)
  }
}

@differentiable(reverse)
private func logLikelihood(_ network: Perceptron) -> Double {
  var total = 0.0
  for bits in 0..<4 {
    let input = Vector([Double(bits & 1), Double(bits >> 1)])
    let isOdd = Vector([Double((bits & 1) ^ (bits >> 1))])
    total += logBernoulli(of: isOdd, logits: network(input))
  }
  return total
}
