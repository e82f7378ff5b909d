import Approximate
public import Exact
import GSL
import JSONText
import Models
import Networks
import Probability

extension LatentGaussianSpec: ApproximationSpec {
  /// How far an answer may be off, relative to one and to the number.
  private static let promised = 1e-10

  /// The Gaussian with its bound, beside the exact evidence and posterior.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let most = min(request.maxStates, LatentGaussianPosterior.mostPoints)
    let (exact, laplace, best) = try standing { () throws(GSLError) in
      (
        try LatentGaussianPosterior(of: model, mostPoints: most),
        try LaplaceApproximation(of: model), try bestGaussian()
      )
    }
    guard let exact, exact.logEvidence.errorBound <= Self.promised * size(exact.logEvidence.value)
    else {
      throw .uncomputed(
        "prior: so wide beside what is seen that the posterior takes a lattice of more than "
          + "\(Int(most)) points, or more digits than there are")
    }
    let (bounds, reversed) = try standing { () throws(GSLError) in
      (
        laplace: try model.elbo(of: laplace.q),
        try exact.kullbackLeibler(from: best?.q ?? laplace.q).value
      )
    }
    let elbo = best?.elbo ?? bounds
    let q = best?.q ?? laplace.q
    let evidence = exact.logEvidence.value
    let numbers =
      q.mean.array + q.covariance.array + laplace.negativeHessian.array
      + exact.mean.array + exact.covariance.array
      + [evidence, laplace.logEvidence, reversed]
    guard numbers.allSatisfy(\.isFinite), !elbo.isNaN else { throw .unanswered(.overflow("prior")) }
    let own: [(key: String, value: JSON)] =
      best == nil
      ? [
        ("mode", .numbers(q.mean.array)), ("negativeHessian", .table(laplace.negativeHessian)),
        ("covariance", .table(q.covariance)), ("laplaceLogEvidence", .number(laplace.logEvidence)),
      ]
      : [
        ("mean", .numbers(q.mean.array)), ("covariance", .table(q.covariance)),
        (
          "laplace",
          .object([
            ("elbo", .number(bounds)), ("logEvidence", .number(laplace.logEvidence)),
          ])
        ),
      ]
    let shared: [(key: String, value: JSON)] = [
      ("logEvidence", .number(evidence)),
      (
        "posterior",
        .object([
          ("mean", .numbers(exact.mean.array)), ("covariance", .table(exact.covariance)),
        ])
      ),
      ("elbo", .number(elbo)), ("klQP", .number(evidence - elbo)), ("klPQ", .number(reversed)),
    ]
    return ApproximationAnswer(
      members: own + shared,
      sections: sections(
        q: q, elbo: elbo, reversed: reversed, exact: exact,
        laplace: laplace, boundOfLaplace: bounds, isBest: best != nil),
      work: [
        ("points", exact.points), ("Newton steps", Double(best?.steps ?? laplace.steps)),
      ])
  }

  private func bestGaussian() throws(GSLError) -> BestGaussian? {
    guard case .best(let isDiagonal) = family else { return nil }
    return try BestGaussian(for: model, isDiagonal: isDiagonal)
  }

  private func size(_ value: Double) -> Double { max(1, abs(value)) }

  private func standing<Value>(
    _ compute: () throws(GSLError) -> Value
  ) throws(OracleRefusal) -> Value {
    do throws(GSLError) { return try compute() } catch {
      throw .uncomputed("prior: with what is seen it leaves what doubles can hold: \(error)")
    }
  }

  private func sections(
    q: GaussianFactor, elbo: Double, reversed: Double, exact: LatentGaussianPosterior,
    laplace: LaplaceApproximation, boundOfLaplace: Double, isBest: Bool
  ) -> [OracleSection] {
    let evidence = exact.logEvidence.value
    let n = q.dimension
    var lines: [OracleSection] = [
      .line(label: "log p(y)", value: evidence),
      .line(label: "Laplace's log-evidence", value: laplace.logEvidence),
      .line(label: isBest ? "ELBO of the best Gaussian" : "ELBO of Laplace's", value: elbo),
    ]
    if isBest { lines.append(.line(label: "ELBO of Laplace's", value: boundOfLaplace)) }
    return lines + [
      .line(label: "KL(q‖p(z|y))", value: evidence - elbo),
      .line(label: "KL(p(z|y)‖q)", value: reversed),
      .table(
        title: isBest
          ? "the best Gaussian, Laplace's, and the posterior: means and deviations"
          : "Laplace's Gaussian and the posterior: means and deviations",
        columns: ["z"] + (isBest ? ["q", "Laplace"] : ["q"]) + ["p(z|y)"]
          + (isBest ? ["sd of q", "Laplace"] : ["sd of q"]) + ["p(z|y)"],
        rows: (0..<n).map { k in
          let factors = isBest ? [q, laplace.q] : [q]
          return (
            label: "\(k)",
            values: factors.map { $0.mean[k] } + [exact.mean[k]]
              + factors.map { sqrt($0.covariance[k, k]) } + [sqrt(exact.covariance[k, k])]
          )
        }),
    ]
  }
}

extension JSON {
  /// A matrix as rows.
  fileprivate static func table(_ matrix: Matrix) -> JSON {
    .matrix((0..<matrix.rows).map { matrix.row($0).array })
  }
}
