import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// Murphy's sprinkler after the grass was found wet: cloudy, sprinkler and rain are open.
struct Sprinkler {
  /// log p(C, S, R, W = 1), rain fastest.
  let table: JointTable

  /// The net as it is, or with grass that is wet for no reason with a small probability.
  init(wetForNoReason chance: Double = 0) throws {
    var variables = BayesNet.sprinkler.variables
    var grass = variables[3].table
    grass[0] = [1 - chance, chance]
    variables[3] = BayesNet.Variable("wet grass", parents: [1, 2], table: grass)
    table = try JointTable(BayesNet(variables), evidence: [nil, nil, nil, 1])
  }

  /// The oracle.
  var exact: ExactPosterior { ExactPosterior(logJoints: table.logValues) }

  /// P(S = 1 | W = 1) and P(R = 1 | W = 1) by enumeration.
  var exactMarginals: [Double] {
    [1, 2].map { latent in
      exact.expectation { Double(table.values(of: $0)[latent]) } ?? .nan
    }
  }

  /// Mean field from uniform factors, one factor updated before the sweeps begin.
  ///
  /// With a zero in the table the order decides. While both other factors are uniform, "it did not
  /// rain" still has to answer for "no sprinkler either, and yet wet": log 0, weight ¼, and the
  /// first of the two causes to be updated is made certain.
  func meanField(updatingFirst latent: Int) -> MeanField {
    var field = MeanField(uniformOver: table)
    field.factors[latent] = field.target(latent, table)
    _ = field.ascend(table)
    return field
  }

  /// Loopy belief propagation around the ring C – S – R – C, its beliefs of S and R.
  ///
  /// Pair tables p(C) p(S|C), p(W = 1|S, R), p(R|C); on a single ring the messages of each
  /// direction converge to an eigenvector of the product of the tables.
  static func loopyBeliefs(rounds: Int = 200) -> [Double] {
    let net = BayesNet.sprinkler.variables
    func pair(_ from: Int, _ a: Int, _ b: Int) -> Double {
      switch from {
      case 0: return 0.5 * net[1].table[a][b]
      case 1: return net[3].table[2 * a + b][1]
      default: return net[2].table[b][a]
      }
    }
    func normalised(_ message: [Double]) -> [Double] {
      message.map { $0 / message.reduce(0, +) }
    }
    // onward[i] comes to variable i from i − 1, backward[i] from i + 1.
    var onward = [[Double]](repeating: [0.5, 0.5], count: 3)
    var backward = onward
    for _ in 0..<rounds {
      let (forth, back) = (onward, backward)
      for i in 0..<3 {
        let next = (i + 1) % 3
        onward[next] = normalised(
          [0, 1].map { b in forth[i][0] * pair(i, 0, b) + forth[i][1] * pair(i, 1, b) })
        backward[i] = normalised(
          [0, 1].map { a in back[next][0] * pair(i, a, 0) + back[next][1] * pair(i, a, 1) })
      }
    }
    return [1, 2].map { i in normalised([0, 1].map { onward[i][$0] * backward[i][$0] })[1] }
  }
}

extension Page {
  /// What four ways of asking say about wet grass.
  static let sprinklerTable: @Sendable (RunContext) throws -> Table = { _ in
    let sprinkler = try Sprinkler()
    let logEvidence = sprinkler.exact.logEvidence.value
    func row(_ name: String, _ beliefs: [Double], _ bound: Table.Cell) -> [Table.Cell] {
      [.text(name)] + beliefs.map { .number($0, digits: 4) } + [bound]
    }
    func climb(_ name: String, first latent: Int) -> [Table.Cell] {
      let field = sprinkler.meanField(updatingFirst: latent)
      return row(
        name, [field.factors[1][1], field.factors[2][1]],
        .number(field.elbo(sprinkler.table).value, digits: 4))
    }
    return Table(
      title: "The grass is wet (W = 1). Did it rain, or was it the sprinkler?",
      columns: ["method", "P(S=1)", "P(R=1)", "ELBO"],
      rows: [
        row(
          "exact, by enumeration", sprinkler.exactMarginals, .number(logEvidence, digits: 4)),
        climb("mean field, rain updated first", first: 2),
        climb("mean field, sprinkler first", first: 1),
        row("loopy belief propagation", Sprinkler.loopyBeliefs(), .text("no bound")),
      ],
      note: """
        The exact row shows log p(W=1) for the ELBO. Mean field starts uniform both times. Its \
        first end is what a user of BayesPy reported as wrong (#94), the loopy beliefs are, to two \
        digits, what a user of Infer.NET did (#471).
        """)
  }

  /// The same climb when the impossible is made merely unlikely.
  static let unlikelyTable: @Sendable (RunContext) throws -> Table = { _ in
    let rows = try [0.3, 0.1, 0.01, 0.0001, 0].map { chance -> [Table.Cell] in
      let sprinkler = try Sprinkler(wetForNoReason: chance)
      let field = sprinkler.meanField(updatingFirst: 2)
      let exact = sprinkler.exactMarginals
      let bound = field.elbo(sprinkler.table).value
      return [
        .number(chance, digits: 2), .number(exact[1], digits: 4),
        .number(field.factors[2][1], digits: 4),
        .number(field.factors[1][1], digits: 4),
        .number(sprinkler.exact.logEvidence.value - bound, digits: 4),
      ]
    }
    return Table(
      title: "Grass that is wet for no reason with probability ε, rain updated first",
      columns: ["ε", "P(R=1) exact", "q(R=1)", "q(S=1)", "gap KL(q‖p)"], rows: rows,
      note: "Exact, and fixed points reached by sweeps. The row ε = 0 is the limit of the others.")
  }
}
