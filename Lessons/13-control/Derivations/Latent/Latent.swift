import Approximate
import LessonKit
import Models
import Networks

extension LatentDerivation {
  /// Planning in codes, and the ways to get it wrong.
  static let derivation = Derivation<Parts, LatentProblem>(
    id: "latent", title: "A plan of codes", example: try .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Equal costs for all controls: so the best controls are the same, also with pushes and with a short \
      horizon, and at last from pictures:
      """)

  static let answer = Parts(
    model: { try coded($0, $1, $2, $2.transposed().times($0.stateCost).times($2)) },
    play: { model, code, horizon, pushes in
      try RecedingHorizon(model: model, horizon: horizon).play(from: code, pushes: pushes)
        .flatMap(\.array)
    },
    fromPictures: { steps, goal, now, before, remaining in
      let model = try PictureModel(learning: steps, goal: goal, controlCost: 2)
      return try RecedingHorizon(model: model.system, horizon: remaining)
        .control(at: model.latent(now: now, before: before), remaining: remaining)[0]
    })

  private static func coded(
    _ system: LinearQuadratic, _ map: Matrix, _ back: Matrix, _ cost: Matrix
  ) throws -> LinearQuadratic {
    try LinearQuadratic(
      dynamics: map.times(system.dynamics).times(back), input: map.times(system.input),
      stateCost: cost, controlCost: system.controlCost,
      finalCost: back.transposed().times(system.finalCost).times(back))
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "length-for-cost", "|z|² for the cost: codes are steered to zero, whatever states cost",
      \.model
    ) { system, map, back in try coded(system, map, back, Matrix(identity: map.rows)) },
    Mistake("turns-for-back", "Sᵀ for S⁺: S is taken for a rotation", \.model) {
      system, map, _ in
      let back = map.transposed()
      return try coded(
        system, map, back, back.transposed().times(system.stateCost).times(back))
    },
    Mistake(
      "moves-states", "plans from S⁺ᵀ x, the code of another map", \.model
    ) { system, _, back in
      let (map, turned) = (back.transposed(), back.transposed())
      return try coded(
        system, map, back, turned.times(system.stateCost).times(turned.transposed()))
    },
    Mistake(
      "plans-once", "one plan at the start, played to its end", \.play
    ) { model, code, _, pushes in
      try RecedingHorizon(model: model, horizon: pushes.count)
        .plan(from: code, steps: pushes.count).flatMap(\.array)
    },
    Mistake(
      "one-picture", "takes the newest picture for both: a picture has no speed", \.fromPictures
    ) { steps, goal, now, _, remaining in
      try answer.fromPictures(steps, goal, now, now, remaining)
    },
    Mistake("first-picture-first", "the older picture where the newer belongs", \.fromPictures) {
      steps, goal, now, before, remaining in
      try answer.fromPictures(steps, goal, before, now, remaining)
    },
    Mistake(
      "forgets-the-goal", "codes o instead of o − o*: steers to a black picture", \.fromPictures
    ) { steps, goal, now, before, remaining in
      try answer.fromPictures(steps, goal.map { _ in 0 }, now, before, remaining)
    },
  ]
}
