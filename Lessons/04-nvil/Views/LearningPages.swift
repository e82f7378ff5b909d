import LessonKit
import Probability

/// One run of learning, in numbers and to look at.
func learningPages(_ context: RunContext) throws -> [Block] {
  let seen = try LearningCurve.train(seed: context.seed)
  let truth = try LearningCurve.trueLogEvidence()
  let table = learningTable(seen, truth: truth)
  let picture = learningPicture(seen, truth: truth)
  return [.table { _ in table }, .picture { _ in picture }]
}

private func learningTable(_ seen: [Checkpoint], truth: Double) -> Table {
  Table(
    title: "Learning, with the exact answer beside it (sums over six documents, in nats)",
    columns: ["step", "log p(x)", "ELBO", "gap", "ELBO, 50 draws", "its error"],
    rows: seen.map { point in
      [
        .given(point.step), .exact(point.logEvidence, digits: 5), .exact(point.elbo, digits: 5),
        .exact(point.gap, digits: 4), .number(point.sampled, digits: 4),
        .figure(point.sampled.standardError, .sampled, digits: 2),
      ]
    },
    note: """
      Exact by enumeration of 16 states a document, sampled with its standard error. \
      \(ending(seen)) \(split(seen)) \(comparison(seen, truth))
      """)
}

private func learningPicture(_ seen: [Checkpoint], truth: Double) -> Picture {
  let places = seen.map { Double($0.step) }
  return Drawing.curve(
    "The ELBO climbs under log p(x), which climbs too",
    [
      .init(
        "log p(x), exact", places: places, heights: seen.map(\.logEvidence), role: .evidence),
      .init(
        "ELBO, exact", places: places, heights: seen.map(\.elbo),
        role: .bound(of: "log p(x), exact")),
    ],
    levels: [("log p(x) of the model that wrote them", truth)],
    axis: "steps", kind: .exact,
    caption: """
      Between the curves lies the gap, KL(q‖p(z|x)) summed over the documents. Without enumeration \
      one sees the lower curve alone, through noise.
      """)
}

/// Why training ended.
private func ending(_ seen: [Checkpoint]) -> String {
  let steps = seen.last?.step ?? 0
  let limit = "\(LearningCurve.settled) nats a document in \(LearningCurve.interval) steps"
  return LearningCurve.hasSettled(seen)
    ? "The exact gap had settled after \(steps) steps: twice running it moved by less than \(limit)."
    : "After \(steps) steps the exact gap still moved by more than \(limit); patience ended there."
}

/// What the gap at the end is made of.
private func split(_ seen: [Checkpoint]) -> String {
  guard let last = seen.last, let best = last.bestProduct else { return "" }
  let unavoidable = Format.fixed(last.logEvidence - best, decimals: 3)
  let rest = Format.fixed(best - last.elbo, decimals: 3)
  return
    "Of the last gap, \(Format.fixed(last.gap, decimals: 3)), independent bits could not avoid "
    + "\(unavoidable) (coordinate ascent on each document's own bits, lesson 03); the other \(rest) "
    + "is the network's and the optimiser's."
}

/// How the learner's log p(x) compares with the writer's.
private func comparison(_ seen: [Checkpoint], _ truth: Double) -> String {
  let writer =
    "The model that wrote the documents has log p(x) = "
    + Format.fixed(truth, decimals: 3)
  return (seen.last?.logEvidence ?? truth) > truth
    ? writer + ": the learner passes it, for six documents are easily learned by heart."
    : writer + "."
}
