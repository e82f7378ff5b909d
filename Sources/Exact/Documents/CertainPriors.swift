import GSL
public import Models

extension ExactAnswers where Answer == DocumentPosterior {
  /// The slopes of Σ_n log p(x_n) by the prior of each factor, those that are 0 or 1 among them.
  ///
  /// ```
  /// p(x) = π_d p(x | z_d = 1) + (1 − π_d) p(x | z_d = 0)
  /// ∂ log p(x)/∂π_d = (p(x | z_d = 1) − p(x | z_d = 0)) / p(x)
  /// ```
  /// Nothing is divided by a prior: p(x | z_d) is the evidence of a model whose factor d is certain.
  ///
  /// - Parameters:
  ///   - model: the model of these answers.
  ///   - documents: what was observed under it.
  ///   - request: the route to take.
  /// - Returns: a slope for each factor; nil where one is beyond the range of doubles.
  /// - Throws: the refusal of one of these models.
  public func priorSlopes(
    under model: LatentFactorModel, _ documents: [LatentFactorDocument], _ request: ExactRequest
  ) throws(ExactRefusal) -> [Double]? {
    var slopes: [Double] = []
    for factor in model.prior.indices {
      let on = try evidence(factor, certain: 1, model, documents, request)
      let off = try evidence(factor, certain: 0, model, documents, request)
      let terms = zip(logEvidence, zip(on, off)).map { exp($1.0 - $0) - exp($1.1 - $0) }
      slopes.append(CompensatedSum(terms).value)
    }
    return slopes.allSatisfy(\.isFinite) ? slopes : nil
  }

  private func evidence(
    _ factor: Int, certain value: Double, _ model: LatentFactorModel,
    _ documents: [LatentFactorDocument], _ request: ExactRequest
  ) throws(ExactRefusal) -> [Double] {
    guard model.prior[factor] != value else { return logEvidence }
    var prior = model.prior
    prior[factor] = value
    let (other, others): (LatentFactorModel, [LatentFactorDocument])
    do {
      let certain = try LatentFactorModel(prior: prior, weights: model.weights, bias: model.bias)
      other = certain
      others = try documents.map { (document) throws(ModelError) in
        try certain.observing(document.words)
      }
    } catch { throw .misfit(error) }
    return try ExactAnswers(of: other, others, request).logEvidence
  }
}
