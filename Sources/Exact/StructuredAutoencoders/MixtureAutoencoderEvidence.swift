import GSL
public import Models
public import Networks
public import Probability

extension LatentMixture {
  /// The most observations whose assignments are summed over.
  public static var mostObservations: Int { 12 }

  /// log p(y_1 … y_N) of numbers seen through a linear decoder, everything latent summed or integrated out.
  ///
  /// ```
  /// p(y) = Σ_z p(z) Π_k m(T_k),     T_k = the points of component k
  /// m(T) = ∫ IW(σ²) ∫ N(μ; m, σ²/κ) Π_{n ∈ T} ∫ N(x; μ, σ²) p(y_n | x) dx dμ dσ²
  /// ```
  /// The two inner integrals are closed; that over σ² is one quadrature for each set of points. The sum over
  /// assignments goes component by component, over which points are taken so far.
  public func exactLogEvidence(
    of observations: [Vector], through decoder: LinearDecoder
  ) throws(ModelError) -> QuadratureValue {
    let views = try ScalarView.all(decoder, observations, latents: dimension)
    guard views.count <= Self.mostObservations else {
      throw ModelError(
        "observations",
        "expected at most \(Self.mostObservations) observations, found \(views.count)")
    }
    let sets = 1 << views.count
    var blocks: [[Double]] = []
    var change = 0.0
    for component in parameters.components {
      if let twin = parameters.components.firstIndex(of: component), twin < blocks.count {
        blocks.append(blocks[twin])
        continue
      }
      let evidence = try BlockIntegrals(component, views)
      var row: [Double] = []
      for set in 0..<sets {
        let block = try evidence.logEvidence(of: set)
        row.append(block.value)
        change = max(change, block.change)
      }
      blocks.append(row)
    }
    let total = assigned(blocks, count: views.count) + views.reduce(0) { $0 + $1.constant }
    let size = 1 + total.magnitude + views.reduce(0) { $0 + $1.constant.magnitude }
    return QuadratureValue(
      total,
      errorBound: Double(views.count) * change + 64 * Double.ulpOfOne * size
        * Double(1 + views.count))
  }

  /// log Σ_z p(z) Π_k m_k(T_k) for the blocks' logarithms.
  private func assigned(_ blocks: [[Double]], count: Int) -> Double {
    let alphas = parameters.weights.concentration
    let risings = alphas.map { alpha in (0...count).map { logRising($0, alpha) } }
    var taken = blocks[0].indices.map { blocks[0][$0] + risings[0][$0.nonzeroBitCount] }
    for k in blocks.indices.dropFirst() {
      taken = taken.indices.map { set in
        var terms: [Double] = []
        // Every subset of the set, by counting down within its bits.
        var subset = set
        while true {
          terms.append(
            blocks[k][subset] + risings[k][subset.nonzeroBitCount] + taken[set & ~subset])
          if subset == 0 { break }
          subset = (subset - 1) & set
        }
        return logSumExp(terms)
      }
    }
    return taken[taken.count - 1] - logRising(count, alphas.reduce(0, +))
  }
}

/// log m(T) of sets of points under one component.
private struct BlockIntegrals {
  let component: NormalInverseWishart
  let views: [ScalarView]
  let law: LogVarianceLaw

  init(_ component: NormalInverseWishart, _ views: [ScalarView]) throws(ModelError) {
    self.component = component
    self.views = views
    law = try LogVarianceLaw(dof: component.dof, scale: component.scale[0][0])
  }

  func logEvidence(of set: Int) throws(ModelError) -> (value: Double, change: Double) {
    let members = views.indices.filter { set >> $0 & 1 == 1 }.map { views[$0] }
    guard members.contains(where: { $0.precision > 0 }) else { return (0, 0) }
    let (low, high) = law.range
    let integral = LogIntegral(from: low, to: high) { u in
      law.logDensity(u) + logLikelihood(of: members, variance: exp(u))
    }
    return (integral.value, integral.change)
  }

  /// log Π_n p(y_n | μ, σ²) with μ integrated out: again a potential of one number.
  private func logLikelihood(of members: [ScalarView], variance: Double) -> Double {
    var (linear, precision, total) = (0.0, 0.0, 0.0)
    for view in members {
      let stretch = 1 + view.precision * variance
      linear += view.linear / stretch
      precision += view.precision / stretch
      total += 0.5 * (view.linear * view.linear / (1 / variance + view.precision) - log(stretch))
    }
    return total
      + logGaussianIntegral(
        mean: component.mean[0], variance: variance / component.kappa, linear: linear,
        precision: precision)
  }
}
