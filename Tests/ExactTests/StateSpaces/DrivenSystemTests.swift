import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Driven linear systems: messages against the dense law") struct DrivenSystemTests {
  /// Which parts of a system are there, or change in time.
  struct Form: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var changes = false
    var isOffset = false
    var hasInputs = false
    var isSingular = false
  }

  static let forms = [
    Form(testDescription: "plain"),
    Form(testDescription: "changing", changes: true),
    Form(testDescription: "with offsets", isOffset: true),
    Form(testDescription: "with inputs", hasInputs: true),
    Form(testDescription: "all at once", changes: true, isOffset: true, hasInputs: true),
    Form(testDescription: "without full noise", isOffset: true, isSingular: true),
  ]

  /// A random sequence of up to four steps, a fifth of whose outputs is missing.
  static func drawn(_ form: Form, _ stream: Int) throws -> DrivenSequence {
    var cases = try Cases(seed: 41, stream: UInt64(stream))
    let (n, m) = (try cases.integer(1...3), try cases.integer(1...2))
    let length = try cases.integer(1...4)
    func plain() throws -> LinearDynamicalSystem {
      try LinearDynamicalSystem.random(states: n, outputs: m, &cases)
    }
    let systems = try (0..<length).map { _ in try plain() }
    let first = systems[0]
    func inTime(_ key: (LinearDynamicalSystem) -> [[Double]]) -> OverTime<[[Double]]> {
      form.changes ? .steps(systems.map(key)) : .constant(key(first))
    }
    func full(_ system: LinearDynamicalSystem) -> [[Double]] {
      system.dynamicsNoise.enumerated().map { i, row in
        row.enumerated().map { $1 + ($0 == i && !form.isSingular ? 0.2 : 0) }
      }
    }
    let zero = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    let k = form.hasInputs ? 2 : 0
    let system = try DrivenLinearSystem(
      initialMean: first.initialMean, initialCovariance: first.initialCovariance,
      dynamics: inTime(\.dynamics),
      dynamicsNoise: form.isSingular ? .constant(zero) : inTime(full),
      emission: inTime(\.emission), emissionNoise: inTime(\.emissionNoise),
      dynamicsOffset: form.isOffset ? .constant(try cases.reals(n, from: -3, to: 3)) : nil,
      emissionOffset: form.isOffset
        ? .steps(try (0..<length).map { _ in try cases.reals(m, from: -3, to: 3) }) : nil,
      inputMatrix: form.hasInputs ? try cases.table(rows: n, columns: k, within: 2) : nil,
      feedthrough: form.hasInputs ? try cases.table(rows: m, columns: k, within: 2) : nil)
    let outputs = try cases.table(rows: length, columns: m, within: 4)
    let partly = try outputs.map { row in
      try row.map { try cases.integer(1...5) == 1 ? nil : $0 } as [Double?]?
    }
    return try system.observing(
      partly: partly,
      inputs: form.hasInputs ? try cases.table(rows: length, columns: k, within: 2) : [])
  }

  static func near(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-11) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance * max(1, abs($0), abs($1)) }
  }

  // Catches: a matrix of the step before or after, an offset or an input that goes into the wrong state, one that is
  // added where it should be taken away, an input that is seen a step late.
  @Test("Evidence, means and covariances are those of the dense law", arguments: forms)
  func posteriors(form: Form) throws {
    for stream in 0..<12 {
      let sequence = try Self.drawn(form, stream)
      let law = try ExactRequest().chainLaw(sequence, "x")
      let dense = try StateSpacePosterior.measuredDense(of: sequence).posterior
      let plain = StateSpacePosterior(of: sequence)
      for posterior in [law.posterior, plain] {
        #expect(
          Self.near(SmootherTests.numbers(posterior), SmootherTests.numbers(dense)),
          "\(form.testDescription) \(stream)")
      }
    }
  }

  // Catches: a system that is not driven answered otherwise when it is written as one that is.
  @Test("What is the same at every step is the system that is not driven")
  func constant() throws {
    for stream in 0..<10 {
      var cases = try Cases(seed: 43, stream: UInt64(stream))
      let sequence = try LinearDynamicalSequence.random(&cases)
      let driven = try ExactAnswers(ofDriven: [DrivenSequence(sequence)]).posteriors[0]
      #expect(
        Self.near(
          SmootherTests.numbers(driven), SmootherTests.numbers(StateSpacePosterior(of: sequence))))
    }
  }

  // Catches: a filter that has seen too much or too little; an entropy without the noise of a step; a slope by one
  // parameter that is another's, or is summed over steps that have their own.
  @Test("Questions are answered as the dense law answers them", arguments: forms)
  func questions(form: Form) throws {
    for stream in 0..<10 {
      let sequence = try Self.drawn(form, stream)
      let law = DoubledChainLaw(sequence)
      let dense = DenseStateLaw(sequence)
      let label = "\(form.testDescription) \(stream)"
      #expect(Self.near([try law.entropy], [try dense.entropy]), "\(label)")
      #expect(try law.logDensityOfMeans != nil || law.entropy == -.infinity)
      #expect(
        Self.near(
          try law.logDensityOfMeans.map { [$0] } ?? [],
          try dense.logDensityOfMeans.map { [$0] } ?? []))
      #expect(Self.near(law.smoothedMeans.flatMap(\.self), dense.smoothedMeans.flatMap(\.self)))
      let (own, other) = (law.filtered(), try dense.filtered())
      for (one, two) in zip(own.filtered + own.predicted, other.filtered + other.predicted) {
        #expect(Self.near(one.mean + one.covariance, two.mean + two.covariance), "\(label)")
      }
      #expect(own.filtered.count == sequence.length && own.predicted.count == sequence.length)
      #expect(
        try Self.near(law.slopes.numbers, dense.slopes.numbers), "\(label): slopes")
    }
  }

  /// A system of two numbers that is the same at every step, but for what a test changes.
  private func system(
    noise: OverTime<[[Double]]> = .constant([[0.5, 0.1], [0.1, 0.4]]),
    dynamics: OverTime<[[Double]]> = .constant([[0.9, 0.2], [-0.1, 0.7]]),
    emission: OverTime<[[Double]]> = .constant([[1, 0.5]]),
    views: OverTime<[[Double]]> = .constant([[0.3]])
  ) throws -> DrivenLinearSystem {
    try DrivenLinearSystem(
      initialMean: [0.5, -1], initialCovariance: [[1, 0.2], [0.2, 0.8]], dynamics: dynamics,
      dynamicsNoise: noise, emission: emission, emissionNoise: views)
  }

  // Catches: what changes taken for the same at every step because something beside it is.
  @Test("One part alone may change from step to step") func oneChanges() throws {
    let outputs: [[Double?]?] = [[1], [-2], [0.5]]
    let matrices = [[[0.5, 0.1], [0.1, 0.4]], [[2, 0.3], [0.3, 1]], [[0.1, 0], [0, 3]]]
    for changing in [
      try system(noise: .steps(matrices)), try system(dynamics: .steps(matrices)),
      try system(emission: .steps([[[1, 0]], [[0, 2]], [[1, -1]]])),
      try system(views: .steps([[[0.3]], [[2]], [[0.05]]])),
    ] {
      let sequence = try changing.observing(partly: outputs)
      let (law, dense) = (DoubledChainLaw(sequence), DenseStateLaw(sequence))
      #expect(Self.near([law.logEvidence.high], [dense.logEvidence.high]))
      #expect(Self.near(law.smoothedMeans.flatMap(\.self), dense.smoothedMeans.flatMap(\.self)))
      #expect(try Self.near(law.slopes.numbers, dense.slopes.numbers))
    }
  }

  // Catches: noise of the first step alone that is asked whether it is singular.
  @Test("Noise that is singular at one step leaves no entropy", arguments: 0..<2)
  func singularStep(step: Int) throws {
    let whole = [[0.5, 0.1], [0.1, 0.4]]
    for (isSingular, noise) in [(true, [[1.0, 1], [1, 1]]), (false, [[1, 0.5], [0.5, 1]])] {
      let noises = (0..<3).map { $0 == step ? noise : whole }
      let sequence = try system(noise: .steps(noises)).observing(partly: [[1], [-2], [0.5]])
      for route in ExactRoute.allCases {
        let law = try sequence.stateLaw(ExactRequest(route: route), at: "x")
        #expect(try (law.entropy == -.infinity) == isSingular)
        #expect(try (law.logDensityOfMeans == nil) == isSingular)
      }
    }
  }

  // Catches: what later sequences say of any part, forgotten.
  @Test("Slopes of several sequences are sums, number by number", arguments: forms)
  func sums(form: Form) throws {
    for stream in 0..<4 {
      let sequence = try Self.drawn(form, stream)
      let other = DrivenSequence(
        system: sequence.system, observations: sequence.observations.map { $0.map { 1 - $0 } },
        seen: sequence.seen, inputs: sequence.inputs)
      var slopes = try DoubledChainLaw(sequence).slopes
      let (own, others) = (slopes.numbers, try DoubledChainLaw(other).slopes)
      slopes.add(others)
      #expect(slopes.numbers == zip(own, others.numbers).map { $0 + $1 })
    }
  }

  // Catches: both slopes wrong alike.
  @Test("Slopes are those of the evidence, by differences")
  func differences() throws {
    for stream in 0..<4 {
      let sequence = try Self.drawn(Self.forms[4], stream)
      let slopes = try DoubledChainLaw(sequence).slopes
      let system = sequence.system
      let h = 1e-5
      func slope(_ change: (Double) throws -> DrivenLinearSystem) throws -> Double {
        func evidence(_ step: Double) throws -> Double {
          let moved = DrivenSequence(
            system: try change(step), observations: sequence.observations, seen: sequence.seen,
            inputs: sequence.inputs)
          return DoubledChainLaw(moved).logEvidence.high
        }
        return (try evidence(h) - evidence(-h)) / (2 * h)
      }
      func agree(_ found: Double, _ difference: Double, _ name: String) {
        #expect(abs(found - difference) < 1e-6 * max(1, abs(found)), "\(stream) \(name)")
      }
      let n = system.stateCount
      for i in 0..<n {
        agree(
          slopes.initialMean[i], try slope { try system.with(mean: i, $0) }, "initialMean \(i)")
        for j in 0..<n {
          // Both entries of a covariance move.
          let both = slopes.initialCovariance[i][j] + (i == j ? 0 : slopes.initialCovariance[j][i])
          agree(
            both, try slope { try system.with(covariance: i, j, $0) }, "initialCovariance \(i) \(j)"
          )
        }
      }
    }
  }

  // Catches: a density of the means that is not that of the model, with the constant of a dimension left out.
  @Test("The density of the means is the model's, written out for one number a state")
  func density() throws {
    let system = try DrivenLinearSystem(
      initialMean: [1], initialCovariance: [[2]], dynamics: .steps([[[0.5]], [[-1]]]),
      dynamicsNoise: .constant([[0.3]]), emission: .constant([[2]]),
      emissionNoise: .constant([[0.7]]),
      dynamicsOffset: .constant([0.25]))
    let outputs: [Double] = [1, -1, 3]
    let sequence = try system.observing(partly: outputs.map { [$0] })
    let x = DoubledChainLaw(sequence).smoothedMeans.map { $0[0] }
    func logNormal(_ value: Double, _ mean: Double, _ variance: Double) -> Double {
      -0.5 * ((value - mean) * (value - mean) / variance + log(2 * Double.pi * variance))
    }
    var expected = logNormal(x[0], 1, 2) + logNormal(x[1], 0.5 * x[0] + 0.25, 0.3)
    expected += logNormal(x[2], -x[1] + 0.25, 0.3)
    for t in 0..<3 { expected += logNormal(outputs[t], 2 * x[t], 0.7) }
    #expect(Self.near([try DoubledChainLaw(sequence).logDensityOfMeans ?? 0], [expected]))
  }

  // Catches: a state drawn without the one before it, or without the outputs after it; a root that is transposed.
  @Test(
    "The sampler is an affine map of its normals, with the posterior's mean and covariance",
    arguments: forms)
  func sampler(form: Form) throws {
    for stream in 0..<8 {
      let sequence = try Self.drawn(form, stream)
      let dense = DenseStateLaw(sequence)
      for law in [DoubledChainLaw(sequence), dense] as [any NormalStateLaw] {
        var count = 0
        while (try? Self.draw(law, Array(repeating: 0, count: count))) == nil { count += 1 }
        let mean = try Self.draw(law, Array(repeating: 0, count: count))
        let columns = try (0..<count).map { u in
          let unit = (0..<count).map { $0 == u ? 1.0 : 0 }
          return zip(try Self.draw(law, unit), mean).map { $0 - $1 }
        }
        let (covariance, size) = (dense.covariance, mean.count)
        #expect(Self.near(mean, dense.smoothedMeans.flatMap(\.self)))
        for i in 0..<size {
          for j in 0..<size {
            let found = columns.reduce(0) { $0 + $1[i] * $1[j] }
            #expect(Self.near([found], [covariance[i, j].high], 1e-10), "\(form.testDescription)")
          }
        }
        // Affine: twice one noise moves twice as far.
        if count > 0 {
          let twice = try Self.draw(law, [2] + Array(repeating: 0, count: count - 1))
          #expect(
            Self.near(zip(twice, mean).map { $0 - $1 }, columns[0].map { 2 * $0 }, 1e-10))
        }
      }
    }
  }

  private static func draw(_ law: any NormalStateLaw, _ noises: [Double]) throws -> [Double] {
    var normals = GivenNormals(noises)
    return try law.samples(1, &normals).flatMap { $0.flatMap(\.self) }
  }

  // Catches: an answer where 32 digits leave too few; a dense law of a million states.
  @Test("What 32 digits do not hold, and what is too long for the dense law, is refused")
  func refused() throws {
    // What tells the two states apart is below the last digit of the outputs, in 16 digits.
    let system = try DrivenLinearSystem(
      initialMean: [0, 0], initialCovariance: [[1e8, 0], [0, 1e8]],
      dynamics: .constant([[1, 0], [0, 1]]), dynamicsNoise: .constant([[0, 0], [0, 0]]),
      emission: .constant([[1, 1], [1, 1 + 1e-12]]),
      emissionNoise: .constant([[1e-26, 0], [0, 1e-26]]), dynamicsOffset: .constant([0.1, 0.3]))
    let close = try system.observing(
      partly: [[12345.678, 12345.678], [12346.078, 12346.078]])
    #expect(throws: ExactRefusal.self) { try close.stateLaw(ExactRequest(), at: "x") }
    let long = try system.observing(partly: Array(repeating: [0, 0], count: 300))
    #expect(throws: ExactRefusal.self) {
      try long.stateLaw(ExactRequest(route: .bruteForce), at: "x")
    }
  }

  // Catches: a slope that is a difference of numbers so large that 32 digits leave nothing of it.
  @Test("Noise that is small beside the states: slopes keep their digits, or are refused")
  func smallNoise() throws {
    func sequence(_ wide: Double, _ narrow: Double) throws -> DrivenSequence {
      let system = try DrivenLinearSystem(
        initialMean: [0], initialCovariance: [[wide]], dynamics: .constant([[1]]),
        dynamicsNoise: .constant([[narrow]]), emission: .constant([[1]]),
        emissionNoise: .constant([[narrow]]))
      return try system.observing(partly: [[wide.squareRoot()], [wide.squareRoot()]])
    }
    // With noise that is next to nothing the first output is x_0: slopes are those of N(√wide; 0, wide).
    let slopes = try DoubledChainLaw(sequence(1e4, 1e-6)).slopes
    #expect(abs(slopes.initialMean[0] - 1e-2) < 1e-11)
    #expect(abs(slopes.initialCovariance[0][0]) < 1e-11)
    let extreme = try sequence(1e12, 1e-12)
    #expect(throws: ExactRefusal.self) { try DoubledChainLaw(extreme).slopes }
    #expect(throws: ExactRefusal.self) {
      try extreme.stateLaw(ExactRequest(route: .bruteForce), at: "x").slopes
    }
  }

  // Catches: an empty sequence that has states, a route that is taken for the other.
  @Test("A sequence without steps has no states, and entropy 0")
  func empty() throws {
    let system = DrivenLinearSystem(
      try LinearDynamicalSystem(
        initialMean: [0], initialCovariance: [[1]], dynamics: [[1]], dynamicsNoise: [[1]],
        emission: [[1]], emissionNoise: [[1]]))
    for route in ExactRoute.allCases {
      let law = try system.observing(partly: []).stateLaw(ExactRequest(route: route), at: "x")
      #expect((law is DenseStateLaw) == (route == .bruteForce))
      #expect(try law.entropy == 0 && law.logDensityOfMeans == 0)
      #expect(law.smoothedMeans.isEmpty && law.slopesAreZero)
      #expect(try law.filtered().filtered.isEmpty)
    }
  }
}

extension NormalStateLaw {
  fileprivate var slopesAreZero: Bool { (try? slopes.numbers.allSatisfy { $0 == 0 }) ?? false }
}

extension DrivenLinearSystem {
  fileprivate func with(mean i: Int, _ step: Double) throws -> DrivenLinearSystem {
    var mean = initialMean
    mean[i] += step
    return try with(mean, initialCovariance)
  }

  fileprivate func with(covariance i: Int, _ j: Int, _ step: Double) throws -> DrivenLinearSystem {
    var covariance = initialCovariance
    covariance[i][j] += step
    if i != j { covariance[j][i] += step }
    return try with(initialMean, covariance)
  }

  private func with(_ mean: [Double], _ covariance: [[Double]]) throws -> DrivenLinearSystem {
    try DrivenLinearSystem(
      initialMean: mean, initialCovariance: covariance, dynamics: dynamics,
      dynamicsNoise: dynamicsNoise, emission: emission, emissionNoise: emissionNoise,
      dynamicsOffset: dynamicsOffset, emissionOffset: emissionOffset, inputMatrix: inputMatrix,
      feedthrough: feedthrough)
  }
}
