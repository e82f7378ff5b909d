import Approximate
import GSL
import Kernels
import Models
import Networks
import Probability
import Testing
import _Differentiation

/// Flips that were decided beforehand.
private struct Script: DiscreteChoicesProtocol {
  var bits: [Bool]
  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    guard !bits.isEmpty else { throw .nothingToChoose }
    return bits.removeFirst()
  }
  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    throw .nothingToChoose
  }
  mutating func choose(below count: Int) throws(ChoiceError) -> Int { throw .nothingToChoose }
}

/// A random training of given sizes, from a sampler.
private func training(
  words: Int, features: Int, factors: Int, documents: Int, batch: Int, rate: Double = 0.05,
  _ sampler: inout Sampler
) throws -> (training: BatchTraining, corpus: [Vector]) {
  func normals(_ count: Int) -> [Double] {
    var list: [Double] = []
    for _ in 0..<count { list.append(0.5 * sampler.standardNormal()) }
    return list
  }
  func grid(_ rows: Int, _ columns: Int) -> Grid {
    Grid(rows: rows, columns: columns, normals(rows * columns))
  }
  let parameters = try BatchParameters(
    prior: normals(factors), weights: grid(factors, words), bias: normals(words),
    hiddenWeights: grid(words, features), hiddenBias: normals(features),
    outputWeights: grid(features, factors), outputBias: normals(factors))
  var corpus: [[Int]] = []
  for _ in 0..<documents {
    var document: [Int] = []
    for _ in 0..<(try sampler.integer(0...6)) {
      document.append(try sampler.choose(below: words))
    }
    corpus.append(document)
  }
  let counts = try WordCounts(corpus, vocabulary: words)
  let settings = BatchSettings(batchSize: batch, learningRate: rate, baselineDecay: 0.9)
  return (
    try BatchTraining(parameters, corpus: counts, settings: settings),
    (0..<documents).map { i in Vector((0..<words).map { counts.counts[i, $0] }) }
  )
}

@Suite("Mini-batch variational inference")
struct BatchTrainingTests {
  /// Catches: any term of the gradient by hand that is missing, has a wrong sign or a wrong 1/B, a
  /// baseline that is not the past mean, documents taken out of turn, sizes that fill no vector.
  @Test(
    "The gradient by hand is the gradient of the surrogate through differentiation",
    arguments: [
      (words: 5, features: 3, factors: 2, documents: 4, batch: 2),
      (words: 9, features: 8, factors: 5, documents: 5, batch: 3),
      (words: 1, features: 1, factors: 1, documents: 1, batch: 4),
      (words: 17, features: 19, factors: 9, documents: 20, batch: 17),
    ])
  func gradientByHand(
    _ sizes: (words: Int, features: Int, factors: Int, documents: Int, batch: Int)
  ) throws {
    var sampler = try Sampler(seed: 5, stream: UInt64(sizes.words))
    var (training, corpus) = try training(
      words: sizes.words, features: sizes.features, factors: sizes.factors,
      documents: sizes.documents, batch: sizes.batch, &sampler)
    for step in 0..<3 {
      let readable = ReadableNetworks(training.parameters)
      let baseline = training.baseline
      var script = Script(bits: [])
      for _ in 0..<sizes.batch * sizes.factors { script.bits.append(try sampler.flip(0.5)) }
      var expected = [Double](repeating: 0, count: training.parameters.flat.count)
      var signals: [Double] = []
      for i in 0..<sizes.batch {
        let counts = corpus[(step * sizes.batch + i) % sizes.documents]
        let bits = script.bits[i * sizes.factors..<(i + 1) * sizes.factors]
        let latents = Vector(bits.map { $0 ? 1 : 0 })
        let slope = gradient(at: readable) {
          $0.surrogate(counts, latents, baseline: baseline)
        }
        expected = zip(expected, flat(slope)).map { $0 + $1 / Double(sizes.batch) }
        signals.append(readable.signal(counts, latents))
      }
      let before = training.parameters.flat
      let mean = try training.step(&script)
      // Every component is a sum of at most so many products, each below the largest of its kind.
      let terms = Double(sizes.words + sizes.features + sizes.factors + sizes.batch + 8)
      let largest = signals.reduce(1) { max($0, abs($1)) }
      let slack = 8 * terms * Double.ulpOfOne * largest * 8
      for (found, wanted) in zip(training.gradient.flat, expected) {
        #expect(abs(found - wanted) <= slack * max(1, abs(wanted)))
      }
      #expect(abs(mean - signals.reduce(0, +) / Double(sizes.batch)) <= slack)
      #expect(abs(training.baseline - (0.9 * baseline + 0.1 * mean)) <= slack)
      for (after, (before, slope)) in zip(
        training.parameters.flat, zip(before, training.gradient.flat))
      {
        #expect(abs(after - (before + 0.05 * slope)) <= slack * max(1, abs(slope)))
      }
    }
  }

  /// Catches: a baseline that holds its own draws, a score of another q than was drawn from.
  @Test("Its mean over every outcome is the exact gradient, with the baseline of a step before")
  func unbiased() throws {
    var sampler = try Sampler(seed: 6)
    let (training, corpus) = try training(
      words: 3, features: 2, factors: 2, documents: 4, batch: 2, rate: 0, &sampler)
    let moments = try exactMoments { choices in
      var training = training
      try training.step(&choices)
      _ = try training.estimateGradient(&choices)
      return training.gradient.flat
    }
    #expect(moments.outcomes == 256)
    let readable = ReadableNetworks(training.parameters)
    let (one, other) = (readable.exactBound(corpus[2]), readable.exactBound(corpus[3]))
    for (component, (a, b)) in zip(one.gradient, other.gradient).enumerated() {
      let slack = 64 * Double.ulpOfOne * (1 + moments.magnitude[component])
      let bound = slack + moments.meanBound[component]
      #expect(abs(moments.mean[component] - (a + b) / 2) <= bound, "\(component)")
    }
    #expect(moments.covarianceTrace > 0.1)
  }

  @Test("Training raises the exact bound, and one seed trains the same twice")
  func climbs() throws {
    func run() throws -> (before: Double, after: Double, BatchParameters) {
      var sampler = try Sampler(seed: 7)
      var (training, corpus) = try training(
        words: 6, features: 4, factors: 3, documents: 12, batch: 4, &sampler)
      func bound(_ parameters: BatchParameters) -> Double {
        corpus.reduce(0) { $0 + ReadableNetworks(parameters).exactBound($1).value }
      }
      let before = bound(training.parameters)
      for _ in 0..<300 { try training.step(&sampler) }
      return (before, bound(training.parameters), training.parameters)
    }
    let (first, second) = (try run(), try run())
    #expect(first.2 == second.2)
    #expect(first.after > first.before + 1)
  }

  @Test("Shapes that do not fit and batches of nothing are refused by name")
  func refusals() throws {
    let one = Grid(rows: 1, columns: 1)
    func refusal(
      weights: Grid = Grid(rows: 1, columns: 1), outputBias: [Double] = [0], batch: Int = 1,
      corpus: [[Int]] = [[0], [0]], vocabulary: Int = 1
    ) -> String? {
      do {
        let parameters = try BatchParameters(
          prior: [0], weights: weights, bias: [0], hiddenWeights: one, hiddenBias: [0],
          outputWeights: one, outputBias: outputBias)
        _ = try BatchTraining(
          parameters, corpus: try WordCounts(corpus, vocabulary: vocabulary),
          settings: BatchSettings(batchSize: batch, learningRate: 1, baselineDecay: 0))
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(refusal() == nil)
    #expect(
      refusal(weights: Grid(rows: 1, columns: 2)) == "weights[0]: expected 1 entries, found 2")
    #expect(refusal(outputBias: []) == "outputBias: expected 1 entries, found 0")
    #expect(refusal(batch: 0) == "batchSize: expected a number from 1 to 268435456, found 0")
    #expect(refusal(corpus: []) == "observations: expected at least one document, found none")
    #expect(
      refusal(corpus: [[0, 1]]) == "observations[0][1]: expected an index from 0 to 0, found 1")
    #expect(
      refusal(vocabulary: .max)?.hasPrefix("observations: expected at most 268435456 entries")
        == true)
    #expect(refusal(vocabulary: 2) == "bias: expected 2 entries, found 1")
  }

  @Test("A training that has left the doubles says so and does not trap")
  func diverged() throws {
    var sampler = try Sampler(seed: 8)
    var (training, _) = try training(
      words: 3, features: 2, factors: 2, documents: 2, batch: 2, rate: 1e300, &sampler)
    #expect(throws: ChoiceError.self) { for _ in 0..<10 { try training.step(&sampler) } }
  }
}
