import GSL
import LessonKit
import Probability

/// One run of learning, in numbers and to look at.
func learningPages(_ context: RunContext) throws -> [Block] {
  let seen = try LearningCurve.train(seed: context.seed)
  let truth = try LearningCurve.trueLogEvidence()
  let table = learningTable(seen, seed: context.seed)
  let picture = learningPicture(seen.filter { $0.step <= LearningCurve.interval }, truth: truth)
  let isFree = LearningCurve.isAmortisationFree(try Corpus.documents())
  return [
    .table { _ in table },
    .prose([course(seen), ending(seen)].joined(separator: " ")),
    .prose(try farthest(seen)),
    .prose(split(seen, amortisationIsFree: isFree)),
    .prose(comparison(seen, truth)),
    .picture { _ in picture },
  ]
}

private func learningTable(_ seen: [Checkpoint], seed: UInt64) -> Table {
  Table(
    title: "Learning, with the exact answer beside it (sums over six documents)",
    columns: ["step", "log p(x)", "ELBO", "gap", "ELBO, 50 draws", "its error"],
    rows: seen.map { point in
      [
        .given(point.step), .exact(point.logEvidence, digits: 5), .exact(point.elbo, digits: 5),
        .exact(point.gap, digits: 4), .number(point.sampled, digits: 4),
        .figure(point.sampled.standardError, .sampled, digits: 2),
      ]
    },
    note: """
      Exact by enumeration of 16 states a document, sampled with its standard error. The start and all \
      draws are those of seed \(seed); no page could give them by hand.
      """)
}

private func learningPicture(_ seen: [Checkpoint], truth: Double) -> Picture {
  let places = seen.map { Double($0.step) }
  return Drawing.curve(
    "The first steps: the ELBO climbs under log p(x), which climbs too",
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

/// What the gap did on the way.
private func course(_ seen: [Checkpoint]) -> String {
  guard let first = seen.first, let widest = seen.max(by: { $0.gap < $1.gap }),
    widest.step > first.step
  else { return "The gap fell from the beginning." }
  return
    "The gap first grows, from \(gap(first.gap)) to \(gap(widest.gap)) at step \(widest.step), while "
    + "both columns rise: log p(x) rises faster than the ELBO. Then q catches up."
}

/// Which sampled value is farthest from the exact one, and whether that is a surprise.
private func farthest(_ seen: [Checkpoint]) throws -> String {
  func miss(_ point: Checkpoint) -> Double {
    abs(point.sampled.value - point.elbo) / point.sampled.standardError
  }
  guard let worst = seen.max(by: { miss($0) < miss($1) }) else { return "" }
  let size = miss(worst)
  // P(|error| > size) of a normal error.
  let rarity = 1 / (try SpecialFunctions.erfc(size / 2.0.squareRoot()).value)
  let text =
    "Of the \(seen.count) sampled values the one at step \(worst.step) is farthest off, "
    + "\(Format.fixed(size, decimals: 1)) of its standard errors"
  guard size > 2 else { return text + "." }
  return text + ". One value in \(Int(rarity.rounded())) is as far off or farther by chance, and "
    + "there are \(seen.count) here: no sign of a bias."
}

/// Why training ended, and whether it was over.
private func ending(_ seen: [Checkpoint]) -> String {
  let steps = seen.last?.step ?? 0
  let limit =
    "\(Format.short(LearningCurve.settled * Double(seen.first?.documents ?? 0))) "
    + "(\(LearningCurve.settled) a document) in \(LearningCurve.interval) steps"
  let moves = zip(seen, seen.dropFirst()).map { $0.gap - $1.gap }
  guard LearningCurve.hasSettled(seen), let last = moves.last else {
    return "After \(steps) steps the gap still moved by more than \(limit); patience ended there."
  }
  return
    "We stopped after \(steps) steps, when the gap had twice running moved by less than \(limit). "
    + "It had not come to rest: in the last \(LearningCurve.interval) steps it "
    + (last > 0 ? "fell by \(gap(last))." : "rose by \(gap(-last)).")
}

/// What the gap at the end is made of: factorising, amortising, and what was not found.
private func split(_ seen: [Checkpoint], amortisationIsFree isFree: Bool) -> String {
  guard let last = seen.last, let best = last.bestProduct else { return "" }
  let rest = gap(best - last.elbo)
  return
    "What is the gap of \(gap(last.gap)) at the end made of? First, bits that are independent under q: "
    + "coordinate ascent on each document's own bits (lesson 03), the best of "
    + "\(LearningCurve.climbs) starts, leaves \(gap(last.logEvidence - best)). A climb from one start could end "
    + "at a worse place. Second, one network for all documents: "
    + (isFree
      ? "here it costs nothing, since λ is a linear function of the word frequencies, any such function can be "
        + "had with rows of T as long as there are topics, and the counts of these six documents are "
        + "linearly independent, so that some T, M and v give each its best λ. Third, "
        + "what the optimiser has not found: all the rest, \(rest)."
      : "third, what the optimiser has not found; together these are the other \(rest).")
}

/// How the learner's log p(x) compares with the writer's.
private func comparison(_ seen: [Checkpoint], _ truth: Double) -> String {
  let writer =
    "The model that wrote the documents has log p(x) = "
    + Format.fixed(truth, decimals: 3).replacing("-", with: "−")
  let text =
    (seen.last?.logEvidence ?? truth) > truth
    ? writer + ". The learner passes it, since six documents are easily learned by heart."
    : writer + "."
  return text
    + " The picture shows the first \(LearningCurve.interval) steps, in which the gap grows "
    + "and closes again; later the curves lie too close together to be told apart:"
}

private func gap(_ value: Double) -> String { Format.fixed(value, decimals: 3) }
