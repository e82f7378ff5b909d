import Kernels
public import Models
public import Probability

extension HelmholtzMachine {
  // listing: 05 training-step
  /// The machine after one step on a batch: awake on its patterns, then asleep for as many dreams.
  ///
  /// ```
  /// θ ← θ + η (1/B) Σ_b Δθ(x_b)        φ ← φ + η (1/B) Σ_b Δφ,     dreams of the new θ
  /// ```
  public func trained<Choices: DiscreteChoices>(
    on batch: [[Bool]], rate: Double, _ choices: inout Choices
  ) throws -> HelmholtzMachine {
    let share = rate / Double(batch.count)
    var awake = generative.parameters.map { _ in 0.0 }
    for pattern in batch {
      awake = zip(awake, try wake(pattern, &choices)).map { $0 + $1 }
    }
    let woken = try moved(generative: awake, by: share)
    var asleep = recognition.parameters.map { _ in 0.0 }
    for _ in batch { asleep = zip(asleep, try woken.sleep(&choices)).map { $0 + $1 } }
    return try woken.moved(recognition: asleep, by: share)
  }
  // end of listing
}

/// Wake-sleep on batches, with the arithmetic of a step in a kernel.
///
/// The fast form of `HelmholtzMachine.trained(on:rate:_:)`: the same steps from the same
/// draws, rounded in another order.
public struct WakeSleepTraining: Sendable {
  /// η.
  public var rate: Double
  private var step: HelmholtzStep
  private let start: HelmholtzMachine

  /// Training before its first step; refused where there are more layers than the kernel takes.
  public init(_ machine: HelmholtzMachine, batchSize: Int, rate: Double) throws(ModelError) {
    let (generative, recognition) = (machine.generative, machine.recognition)
    let down =
      generative.layers.reversed().map { ($0.weights, $0.bias) }
      + [([], generative.bias)]
    let up = recognition.layers.map { ($0.weights, $0.bias) }
    guard let step = HelmholtzStep(down: down, up: up, batch: batchSize) else {
      throw ModelError(
        "layers", "expected fewer than \(HelmholtzStep.mostLayers) hidden layers and a batch")
    }
    self.step = step
    self.rate = rate
    start = machine
  }

  /// One step of both phases on a batch of patterns.
  public mutating func step(on batch: [[Bool]], _ sampler: inout Sampler) {
    step(on: batch) { sampler.uniform() }
  }

  /// The same with numbers that come from elsewhere, in the order of the kernel.
  public mutating func step(on batch: [[Bool]], uniform: () -> Double) {
    for (number, pattern) in batch.enumerated() { step.setPattern(number, pattern) }
    step.step(rate: rate, uniform)
  }

  /// The machine as it is now.
  public var machine: HelmholtzMachine {
    get throws(ModelError) {
      let (down, up) = step.layers
      return try HelmholtzMachine(
        generative: SigmoidBeliefNetwork(
          bias: down.last?.bias ?? [],
          layers: down.dropLast().reversed().map { .init(weights: $0.weights, bias: $0.bias) }),
        recognition: RecognitionNetwork(
          layers: up.map { .init(weights: $0.weights, bias: $0.bias) },
          observedUnits: start.observedUnits))
    }
  }
}
