import Models
public import Probability

/// The posterior of all variables of a field given evidence, by its junction tree; those of the evidence are among them.
public struct FieldLaw: HiddenStateLaw {
  private let field: CompiledFactorGraph
  private let evidence: [Int?]
  private let logPartition: Double

  /// - Parameters:
  ///   - field: the field with its tree.
  ///   - evidence: a value or nil for each variable.
  ///   - logPartition: log Z of the field, which every weight is divided by.
  public init(_ field: CompiledFactorGraph, evidence: [Int?], logPartition: Double) {
    (self.field, self.evidence, self.logPartition) = (field, evidence, logPartition)
  }

  /// log p(evidence).
  public var logEvidence: Double {
    get throws { try field.posterior(evidence).logEvidence.value - logPartition }
  }

  /// By messages of maxima.
  public var explanation: (state: [Int], logJoint: Double)? {
    get throws {
      try field.explanation(evidence).map { ($0, field.graph.logWeight($0) - logPartition) }
    }
  }

  /// Clique by clique.
  public var entropy: Double? { get throws { try field.entropy(evidence) } }

  /// From the roots down.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [[Int]]? {
    guard let sampling = try FactorGraphSampling(of: field, evidence: evidence) else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in
      try sampling.sample(&choices)
    }
  }
}
