// One program that holds all variants in Swift. With an exercise and a name it hands that one in, every other
// function unwritten; without, it lists them, a line each: exercise, kind, part, name.

let exercises: [(id: String, variants: [Variant])] = [
  ("00-jensen-elbo/one-sample", oneSample), ("01-kl-forms/divergence", divergence),
  ("02-exact-marginals/responsibilities", responsibilities),
  ("03-mean-field/one-for-all", oneForAll), ("04-nvil/score-function", scoreFunction),
  ("04-nvil/running-baseline", runningBaseline), ("04-nvil/leave-one-out", leaveOneOut),
  ("06-vae/divergence", normalDivergence), ("07-message-passing/natural-step", naturalStep),
]

let words = CommandLine.arguments.dropFirst()
let chosen = exercises.first { $0.id == words.first }?.variants.first { $0.name == words.last }
if let chosen {
  serve([chosen.part: chosen.function])
} else {
  for (id, variants) in exercises {
    for variant in variants { print(id, variant.kind, variant.part, variant.name) }
  }
}
