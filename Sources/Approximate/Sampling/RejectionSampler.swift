package import Probability

/// Rejection: draw from what is easy, and keep a draw with the right probability.
///
/// ```
/// z ~ p(z),     kept with p(x|z)/C,  C ≥ max_z p(x|z):     P(z kept) = p(z) p(x|z)/C,   z | kept ~ p(z|x)
/// ```
/// What is kept is exactly from the posterior, and the share that is kept is p(x)/C.
/// Reference: von Neumann 1951.
package struct RejectionSampler: Sendable {
  /// p(z).
  package let prior: [Double]
  /// p(x|z) of each z.
  package let likelihood: [Double]
  /// C.
  package let ceiling: Double

  /// A sampler; without a ceiling the lowest that will do.
  package init(prior: [Double], likelihood: [Double], ceiling: Double? = nil) {
    self.prior = prior
    self.likelihood = likelihood
    self.ceiling = ceiling ?? likelihood.max() ?? 1
  }

  // listing: 10 rejection
  /// One trial: a state that was kept, or none.
  package func trial<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Int? {
    let state = try choices.choose(prior)
    return try choices.flip(min(1, likelihood[state] / ceiling)) ? state : nil
  }
  // end of listing
}
