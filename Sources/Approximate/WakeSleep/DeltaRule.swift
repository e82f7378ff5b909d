import GSL
package import Models

extension SigmoidBeliefNetwork.Layer {
  /// bias_j + Σ_i source_i weights_ij for states that may lie between 0 and 1.
  func activations(reading source: [Double]) -> [Double] {
    bias.indices.map { j in
      source.indices.reduce(bias[j]) { $0 + source[$1] * weights[$1][j] }
    }
  }

  // listing: 05 wake, 05 sleep
  /// The delta rule: what a layer would have to change to predict its target better.
  ///
  /// ```
  /// ∂log p(t | s)/∂weights_ij = s_i (t_j − σ(a_j)),     ∂log p(t | s)/∂bias_j = t_j − σ(a_j)
  /// ```
  /// In the order of `parameters`.
  package func delta(of target: [Double], reading source: [Double]) -> [Double] {
    let errors = zip(target, activations(reading: source)).map { $0 - sigmoid($1) }
    return source.flatMap { state in errors.map { state * $0 } } + errors
  }
  // end of listing

  /// The rule as one lecture prints it: the error times the slope of the prediction itself.
  ///
  /// ```
  /// (t_j − f_j) ∂f_j/∂weights_ij = s_i (t_j − f_j) f_j (1 − f_j),     f_j = σ(a_j)
  /// ```
  /// It descends ½ Σ_j (t_j − f_j)², the squared error, and not a divergence (erratum E-037).
  package func squaredErrorDelta(of target: [Double], reading source: [Double]) -> [Double] {
    let errors = zip(target, activations(reading: source)).map { target, activation in
      let f = sigmoid(activation)
      return (target - f) * f * (1 - f)
    }
    return source.flatMap { state in errors.map { state * $0 } } + errors
  }
}

extension SigmoidBeliefNetwork {
  /// The delta rule of every layer, each predicted from the one above it; states are 0 and 1, or
  /// means.
  ///
  /// In the order of `parameters`: for binary states ∇_θ log p(x, z).
  package func delta(_ settings: [[Double]]) -> [Double] {
    let top = zip(settings[0], bias).map { $0 - sigmoid($1) }
    return zip(layers, zip(settings, settings.dropFirst())).reduce(top) {
      $0 + $1.0.delta(of: $1.1.1, reading: $1.1.0)
    }
  }
}

extension RecognitionNetwork {
  /// A rule for every layer, each predicted from the one below it, from the observed units up.
  ///
  /// `settings` begin with the top and end with the observed layer.
  func deltas(
    _ settings: [[Double]],
    by rule: (SigmoidBeliefNetwork.Layer) -> (_ target: [Double], _ source: [Double]) -> [Double]
  ) -> [Double] {
    let upwards = Array(settings.reversed())
    return zip(layers, zip(upwards, upwards.dropFirst())).flatMap {
      rule($0)($1.1, $1.0)
    }
  }

  /// The delta rule of every layer: ∇_φ log q(z | x).
  package func delta(_ settings: [[Double]]) -> [Double] {
    deltas(settings) { layer in { layer.delta(of: $0, reading: $1) } }
  }
}

/// Zeros and ones.
func numbers(_ units: [Bool]) -> [Double] { units.map { $0 ? 1 : 0 } }
