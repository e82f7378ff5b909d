import LessonKit

/// How each kind of model is drawn and described on the page of models.
enum ModelPictures {
  private typealias Node = Drawing.Graph.Node
  private typealias Plate = Drawing.Graph.Plate

  /// What a kind is, and its variables.
  static func shown(_ kind: String) -> (about: String, picture: Picture) {
    all[kind] ?? ("", Drawing.graph("", [], edges: []))
  }

  /// The kinds that have a picture.
  static var kinds: Set<String> { Set(all.keys) }

  private static let all: [String: (about: String, picture: Picture)] = [
    "mixture": (
      "Each observation is drawn from one of K components; which, is hidden.",
      repeated(["z": "component"], ["x": "observation"], "n = 1 … N")
    ),
    "latent-factor": (
      "Factors that are on or off add up to the scores of words; a document is drawn word by word.",
      Drawing.graph(
        "",
        [
          Node("z", .latent, column: 0, row: 0, note: "D factors, 0 or 1", ink: .q),
          Node("x", .observed, column: 0, row: 1, note: "words"),
        ], edges: [("z", "x")], plates: [Plate("n = 1 … N", around: ["x"])])
    ),
    "hmm": (
      "A chain of hidden states, each of which emits what is seen.",
      chain(["z"], ["x"], emits: [("z", "x")])
    ),
    "linear-dynamical-system": (
      "A chain of states that are vectors of numbers, moved by a matrix and by noise, and seen through another.",
      chain(["s"], ["y"], emits: [("s", "y")])
    ),
    "switching-lds": (
      "Such a chain whose matrix is chosen, step by step, by a hidden state.",
      chain(["z", "s"], ["y"], emits: [("z", "s"), ("s", "y")])
    ),
    "factorial-hmm": (
      "Several chains that know nothing of each other; what is seen depends on all their states.",
      chain(
        ["a", "b"], ["x"], emits: [("a", "x"), ("b", "x")],
        notes: ["a": "the first chain", "b": "the second"])
    ),
    "hidden-semi-markov": (
      "A chain of segments: each has a state and a duration, and every step of it emits what is seen.",
      Drawing.graph(
        "",
        [
          Node("z₁", .latent, column: 0, row: 0, note: "state of a segment", ink: .q),
          Node("d₁", .latent, column: 0, row: 1, note: "how many steps it lasts", ink: .q),
          Node("z₂", .latent, column: 1, row: 0, ink: .q),
          Node("d₂", .latent, column: 1, row: 1, ink: .q),
          Node("x₁", .observed, column: 0, row: 2, note: "the steps of the segment"),
          Node("x₂", .observed, column: 1, row: 2),
        ],
        edges: [
          ("z₁", "z₂"), ("z₁", "d₁"), ("z₂", "d₂"), ("d₁", "x₁"), ("d₂", "x₂"),
        ])
    ),
    "sigmoid-belief-network": (
      "Layers of units that are on or off, each given the layer above it; the lowest is seen.",
      layers([("h", .latent, 2), ("x", .observed, 3)])
    ),
    "restricted-boltzmann-machine": (
      "Visible and hidden units with a weight between every two of them, and none within a side.",
      layers([("h", .latent, 2), ("v", .observed, 3)])
    ),
    "bayesian-mixture": (
      "A mixture of normal laws whose weights, means and covariances are hidden as well, and integrated out.",
      Drawing.graph(
        "",
        [
          Node("π", .latent, column: 0, row: 0, note: "weights", ink: .q),
          Node("z", .latent, column: 0, row: 1, note: "component", ink: .q),
          Node("θ", .latent, column: 1, row: 1, note: "means and covariances", ink: .q),
          Node("x", .observed, column: 0, row: 2, note: "observation"),
        ],
        edges: [("π", "z"), ("z", "x"), ("θ", "x")],
        plates: [Plate("n = 1 … N", around: ["z", "x"]), Plate("k = 1 … K", around: ["θ"])])
    ),
    "lda": (
      "Documents that mix topics: each word has a topic, and both kinds of proportions are integrated out.",
      Drawing.graph(
        "",
        [
          Node("θ", .latent, column: 0, row: 0, note: "topics of a document", ink: .q),
          Node("z", .latent, column: 0, row: 1, note: "topic of a word", ink: .q),
          Node("w", .observed, column: 0, row: 2, note: "word"),
          Node("φ", .latent, column: 1, row: 2, note: "words of a topic", ink: .q),
        ],
        edges: [("θ", "z"), ("z", "w"), ("φ", "w")],
        plates: [
          Plate("n = 1 … N", around: ["z", "w"]), Plate("k = 1 … K", around: ["φ"]),
        ])
    ),
    "bayesian-network": (
      "Variables with a table each: what it is, given its parents. Any of them may be seen.",
      Drawing.graph(
        "",
        [
          Node("a", .latent, column: 0, row: 0, ink: .q),
          Node("b", .latent, column: 1, row: 0, ink: .q),
          Node("c", .latent, column: 0, row: 1, ink: .q),
          Node("d", .observed, column: 1, row: 1, note: "evidence"),
        ], edges: [("a", "c"), ("a", "d"), ("b", "d")])
    ),
    "factor-graph": (
      "Variables and tables over some of them, of any numbers that are not negative; their product is the law.",
      Drawing.graph(
        "",
        [
          Node("a", .latent, column: 0, row: 0, ink: .q),
          Node("f", .deterministic, column: 1, row: 0, note: "a table"),
          Node("b", .latent, column: 2, row: 0, ink: .q),
          Node("g", .deterministic, column: 3, row: 0, note: "another"),
          Node("c", .latent, column: 4, row: 0, ink: .q),
        ], edges: [("a", "f"), ("b", "f"), ("b", "g"), ("c", "g")],
        caption: "The arrows say which variables a table is of.")
    ),
    "ising": (
      "Spins that are up or down, fields that pull each, and couplings that pull pairs together or apart.",
      Drawing.graph(
        "",
        (0..<3).flatMap { i in
          (0..<2).map { j in Node("s\(low(i))\(low(j))", .latent, column: i, row: j, ink: .q) }
        },
        edges: (0..<3).flatMap { i in
          [("s\(low(i))₀", "s\(low(i))₁")]
            + (i < 2
              ? [("s\(low(i))₀", "s\(low(i + 1))₀"), ("s\(low(i))₁", "s\(low(i + 1))₁")] : [])
        }, caption: "A coupling has no direction; the arrows only say that there is one.")
    ),
    "pcfg": (
      "A grammar with probabilities: what is hidden is the tree by which it makes the sentence.",
      Drawing.graph(
        "",
        [
          Node("S", .latent, column: 1, row: 0, ink: .q),
          Node("NP", .latent, column: 0, row: 1, ink: .q),
          Node("VP", .latent, column: 2, row: 1, ink: .q),
          Node("she", .observed, column: 0, row: 2, note: "words"),
          Node("saw", .observed, column: 2, row: 2),
        ], edges: [("S", "NP"), ("S", "VP"), ("NP", "she"), ("VP", "saw")])
    ),
    "spanning-tree": (
      "Words that each have a head, so that all hang together below a root; a score says how well a head fits.",
      Drawing.graph(
        "",
        [
          Node("root", .thing, column: 1, row: 0),
          Node("1", .latent, column: 0, row: 1, ink: .q),
          Node("2", .latent, column: 1, row: 1, ink: .q),
          Node("3", .latent, column: 2, row: 1, ink: .q),
        ], edges: [("root", "2"), ("2", "1"), ("2", "3")], caption: "One of the trees.")
    ),
  ]

  /// Hidden things above seen ones, repeated.
  private static func repeated(
    _ hidden: KeyValuePairs<String, String>, _ seen: KeyValuePairs<String, String>, _ plate: String
  ) -> Picture {
    let (above, below) = (Array(hidden), Array(seen))
    let nodes =
      above.enumerated().map {
        Node($1.key, .latent, column: $0, row: 0, note: $1.value, ink: .q)
      }
      + below.enumerated().map { Node($1.key, .observed, column: $0, row: 1, note: $1.value) }
    return Drawing.graph(
      "", nodes, edges: above.flatMap { one in below.map { (one.key, $0.key) } },
      plates: [Plate(plate, around: nodes.map(\.name))])
  }

  /// Three steps of hidden chains, a row each, and below them what is seen of each step.
  private static func chain(
    _ hidden: [String], _ seen: [String], emits: [(String, String)], notes: [String: String] = [:]
  ) -> Picture {
    let steps = 1...3
    let nodes = steps.flatMap { t in
      (hidden + seen).enumerated().map { row, name in
        let isHidden = row < hidden.count
        return Node(
          name + low(t), isHidden ? .latent : .observed, column: t - 1, row: row,
          note: t == 1 ? notes[name, default: ""] : "", ink: isHidden ? .q : .neutral)
      }
    }
    let edges = steps.flatMap { t in
      (t < 3 ? hidden.map { ($0 + low(t), $0 + low(t + 1)) } : [])
        + emits.map { ($0.0 + low(t), $0.1 + low(t)) }
    }
    return Drawing.graph("", nodes, edges: edges)
  }

  /// Layers, each given all of the one above.
  private static func layers(
    _ layers: [(name: String, kind: Drawing.Graph.Kind, count: Int)]
  ) -> Picture {
    let names = layers.map { layer in (1...layer.count).map { "\(layer.name)\(low($0))" } }
    return Drawing.graph(
      "",
      zip(layers, names).enumerated().flatMap { row, entry in
        entry.1.enumerated().map { column, name in
          Node(
            name, entry.0.kind, column: column, row: row,
            ink: entry.0.kind == .latent ? .q : .neutral)
        }
      },
      edges: zip(names, names.dropFirst()).flatMap { above, below in
        above.flatMap { one in below.map { (one, $0) } }
      })
  }

  /// A digit as an index.
  private static func low(_ digit: Int) -> String {
    String("₀₁₂₃₄₅₆₇₈₉".dropFirst(digit).prefix(1))
  }
}
