import Models
import Probability
import Testing

@testable import Exact

@Suite("What is asked of belief networks") struct BeliefNetworkQuestionTests {
  static let shapes = [[2, 2], [1, 3, 2], [2, 2, 1, 2], [3, 1, 2], [0, 2, 1], [2, 0, 2]]

  private static func drawn(
    _ shape: [Int], _ stream: UInt64
  ) throws -> (SigmoidBeliefNetwork, [Bool]) {
    var cases = try Cases(seed: 37, stream: stream)
    let network = try SigmoidBeliefNetwork.random(units: shape, &cases)
    return (network, try network.sample(&cases).last ?? [])
  }

  // Catches: a message of the layer above or below, maxima over the wrong layer, a layer drawn without the one
  // above it, an entropy that takes layers for independent.
  @Test("Tables over the settings of each layer are the law of all settings", arguments: shapes)
  func tables(shape: [Int]) throws {
    for stream in 0..<6 {
      let (network, observation) = try Self.drawn(shape, UInt64(stream))
      let tables = HiddenLayerTables(network, observation)
      let twin = network.visitedStates(observation)
      #expect(near(tables.logEvidence, try twin.logEvidence), "\(shape) \(stream)")
      try expectSameLaw(tables, twin, "\(shape) \(stream)")
    }
  }

  // Catches: marginals of a lower layer that are those of its prior; a slope with the sign turned, without the
  // unit that feeds it, or of the observed layer left out.
  @Test("Marginals and slopes are those of brute force", arguments: shapes)
  func marginalsAndSlopes(shape: [Int]) throws {
    let brute = ExactRequest(route: .bruteForce)
    for stream in 0..<6 {
      let (network, observation) = try Self.drawn(shape, UInt64(stream))
      let marginals = try network.hiddenMarginals(observation, ExactRequest())
      let all = try network.hiddenMarginals(observation, brute)
      #expect(marginals.map(\.count) == Array(shape.dropLast()))
      #expect(zip(marginals.joined(), all.joined()).allSatisfy(near))
      let slopes = try network.evidenceGradient(observation, ExactRequest())
      let expected = try network.evidenceGradient(observation, brute)
      #expect(slopes.count == network.parameters.count && expected.count == slopes.count)
      #expect(zip(slopes, expected).allSatisfy(near), "\(shape) \(stream)")
    }
  }

  // Catches: a slope that is none of the evidence, on both routes alike.
  @Test("Slopes are those of the evidence, by differences")
  func differences() throws {
    let (network, observation) = try Self.drawn([2, 2, 3], 4)
    let slopes = try network.evidenceGradient(observation, ExactRequest())
    let h = 1e-5
    for i in slopes.indices {
      func evidence(_ step: Double) throws -> Double {
        var moved = network.parameters
        moved[i] += step
        return HiddenLayerTables(try network.with(parameters: moved), observation).logEvidence
      }
      let difference = (try evidence(h) - evidence(-h)) / (2 * h)
      #expect(abs(difference - slopes[i]) < 1e-8, "\(i): \(slopes[i]), \(difference)")
    }
  }

  // Catches: an observation of which only what fits is looked at.
  @Test("An observation of other units than the network's is refused, whatever is asked")
  func misfit() throws {
    let (network, observation) = try Self.drawn([2, 3], 1)
    let units = observation.count
    for other in [Array(observation.dropLast()), observation + [true]] {
      for route in ExactRoute.allCases {
        let request = ExactRequest(route: route)
        let found = #expect(throws: ExactRefusal.self) { try network.hiddenLaw(other, request) }
        #expect("\(try #require(found))".hasPrefix("observation: expected \(units)"))
        #expect(throws: ExactRefusal.self) { try network.hiddenMarginals(other, request) }
        #expect(throws: ExactRefusal.self) { try network.evidenceGradient(other, request) }
      }
    }
  }

  // Catches: an answer where rounding decides it; tables that memory is not given to.
  @Test("Large weights and wide layers are refused")
  func refused() throws {
    let large = try SigmoidBeliefNetwork(
      bias: [1e6], layers: [.init(weights: [[-1e6]], bias: [0])])
    for route in ExactRoute.allCases {
      #expect(throws: ExactRefusal.imprecise("layers")) {
        try large.hiddenLaw([true], ExactRequest(route: route))
      }
    }
    // The weights are small enough; the evidence is e^-140000 all the same.
    let improbable = try SigmoidBeliefNetwork(
      bias: [0], layers: [.init(weights: [[0, 0]], bias: [-7e4, -7e4])])
    #expect(throws: ExactRefusal.imprecise("layers")) {
      try improbable.hiddenLaw([true, true], ExactRequest())
    }
    let wide = try SigmoidBeliefNetwork(
      bias: Array(repeating: 0, count: 27),
      layers: [.init(weights: Array(repeating: [0], count: 27), bias: [0])])
    #expect(throws: ExactRefusal.self) { try wide.hiddenLaw([true], ExactRequest()) }
  }
}
