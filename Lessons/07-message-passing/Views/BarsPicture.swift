import LessonKit
import Networks
import Probability

/// Ten topics that are bars, and what coordinate ascent makes of documents.
@Sendable func barsPicture(_: RunContext) throws -> Picture {
  let data = try BarTopics()
  var fit = try TopicFit(data, seed: 3)
  var stages: [[[Double]]] = []
  for sweep in 1...60 {
    try fit.sweep(data)
    if [5, 15, 60].contains(sweep) { stages.append(fit.means) }
  }
  let order = fit.order
  let documents = BarTopics.topics.indices.map { d in
    (0..<data.counts.columns).map { data.counts[d, $0] }
  }
  return Drawing.images(
    "Topics learned from 200 documents of 60 words",
    [documents.map(image), BarTopics.topics.map(image)]
      + stages.map { means in order.map { image(means[$0]) } },
    names: ["documents", "true topics", "5 sweeps", "15 sweeps", "60 sweeps"], kind: .sampled,
    caption: "Ten of the documents, and all topics. Ink is at least half of the largest entry. "
      + "Learned topics stand under the true ones that they come nearest to in the end.")
}

private func image(_ entries: [Double]) -> Drawing.Image {
  let largest = entries.max() ?? 1
  return Drawing.Image(columns: BarTopics.side, entries.map { $0 / largest })
}
