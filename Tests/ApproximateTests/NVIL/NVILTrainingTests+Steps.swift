import Approximate
import Networks
import Probability
import Testing

extension NVILTrainingTests {
  // Catches: a step that stays as large as the first, or shrinks from another time on.
  @Test("At time t the step is the first over 1 + t/τ")
  func shrinks() throws {
    func moves(halvingTime: Double) throws -> [[Double]] {
      var settings = NVILSettings.plain
      settings.halvingTime = halvingTime
      var training = NVILTraining(try networks(), corpus: corpus, settings: settings)
      var sampler = try Sampler(seed: 8)
      return try (0..<2).map { _ in
        let before = training.networks.flat
        try training.step(&sampler)
        return zip(training.networks.flat, before).map { $0 - $1 }
      }
    }
    let (quick, slow) = (try moves(halvingTime: 0.5), try moves(halvingTime: 1e300))
    #expect(quick[0] == slow[0])
    #expect(slow[1].contains { abs($0) > 1e-3 })
    for (one, other) in zip(quick[1], slow[1]) { #expect(abs(3 * one - other) < 1e-12) }
  }

  /// Networks whose likelihood does not look at z: the signal depends on the document alone.
  private func blind() throws -> DocumentNetworks {
    var networks = try networks()
    networks.likelihood.scores = Linear(
      weights: Matrix(rows: 3, columns: 2, [Double](repeating: 0, count: 6)),
      bias: Vector(zeros: 3))
    return networks
  }

  // Catches: signals that are blown up where they hardly vary.
  @Test("A running deviation below one divides nothing")
  func smallDeviation() throws {
    func last(standardised: Bool) throws -> [Double] {
      var settings = NVILSettings.plain
      // The signal is always the same, and the running deviation goes to zero.
      (settings.standardises, settings.decay) = (standardised, 0.5)
      var training = NVILTraining(try blind(), corpus: [corpus[0]], settings: settings)
      var sampler = try Sampler(seed: 1)
      for _ in 1...60 { _ = try training.gradientEstimate(&sampler) }
      return try training.gradientEstimate(&sampler)
    }
    let (with, without) = (try last(standardised: true), try last(standardised: false))
    #expect(with == without)
  }

  // Catches: a running mean of what the input baseline has taken out already, subtracted twice.
  @Test("Of a signal that depends on the document alone, both baselines together leave nothing")
  func leavesNothing() throws {
    let networks = try blind()
    var settings = NVILSettings()
    (settings.standardises, settings.decay) = (false, 0.5)
    var training = NVILTraining(networks, corpus: corpus, settings: settings)
    var sampler = try Sampler(seed: 1)
    func spread() throws -> Double {
      let estimates = try (1...8 as ClosedRange<UInt64>).map { seed in
        var copy = training
        var sampler = try Sampler(seed: seed)
        let estimate = try copy.gradientEstimate(&sampler)
        return Array(estimate.suffix(networks.inference.parameterCount))
      }
      let apart = estimates.flatMap { estimate in
        zip(estimate, estimates[0]).map { abs($0 - $1) }
      }
      return apart.max() ?? .nan
    }
    #expect(try spread() > 0.1)
    for _ in 1...1000 { _ = try training.gradientEstimate(&sampler) }
    #expect(try spread() < 1e-9)
  }
}
