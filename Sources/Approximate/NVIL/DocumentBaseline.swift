import GSL
import Networks
import Probability

/// What neural variational inference takes out of the signals of a document.
///
/// ```
/// w_s = (f(z_s) − c(x) − m) / max(1, σ)
/// ```
/// c(x) is a linear function of the word frequencies, m and σ are running moments of f − c(x) over
/// all documents. All are used first and moved after, c after each document and the moments after
/// each step, so that none contains the draw that it is subtracted from.
struct DocumentBaseline: Weighting {
  private let settings: NVILSettings
  private var input: OfInput
  private var past: RunningMoments
  /// f − c(x), of the documents of this step so far.
  private var residuals: [Double] = []

  /// The baseline before the first step: c = 0, m = 0, σ = 1.
  init(_ settings: NVILSettings, vocabulary: Int) {
    self.settings = settings
    input = OfInput(
      features: [], weights: [Double](repeating: 0, count: 1 + vocabulary), rate: 0.1)
    past = RunningMoments(decay: settings.decay, mean: 0, variance: 1)
  }

  /// Sets the features of the next document: 1 and the relative frequency of every word.
  mutating func look(at document: Document) {
    let length = Double(max(1, document.words.count))
    input.features = [1] + document.counts.array.map { $0 / length }
  }

  /// The weights of one document's draws.
  mutating func weights(for signals: [Double]) -> SignalWeights {
    let expected =
      settings.usesInputBaseline
      ? input.baselines(for: signals) : PerSample(repeating: 0, count: signals.count)
    residuals += zip(signals, expected).map { $0 - $1 }
    let mean = settings.usesRunningMean ? past.mean : 0
    return SignalWeights(
      signals, minus: PerSample(signals.count) { expected[$0] + mean },
      over: settings.standardises ? max(1, sqrt(past.variance)) : 1)
  }

  /// Moves the running moments on, once all documents have been seen.
  mutating func endStep() {
    past.take(in: residuals)
    residuals = []
  }
}
