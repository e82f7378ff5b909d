import Approximate
import Exact
import LessonKit
import Models
import Probability

extension PatternTraining {
  /// What has been learned: the divergence round by round, dreams under data, and what each hidden
  /// unit paints.
  func page(_ context: RunContext) throws -> [Block] {
    let pictures = [divergencePicture()] + (try dreamPictures(seed: context.seed)) + unitPictures()
    return pictures.map { picture in .picture { _ in picture } }
  }

  private func divergencePicture() -> Picture {
    Drawing.curve(
      "\(source.title): KL(D‖p) by rounds of \(Self.steps) steps",
      [.init("KL(D‖p), exact", divergences, ink: .p)],
      levels: [("independent pixels", source.independentDivergence)], axis: "rounds", kind: .exact,
      caption: """
        Enumerated over the hidden units after every round: \(Format.short(divergences.last ?? 0, digits: 3)) \
        nats at the end.
        """)
  }

  /// Six patterns of the data, and six dreams.
  private func dreamPictures(seed: UInt64) throws -> [Picture] {
    var sampler = try Sampler(seed: seed, stream: 77)
    var (data, dreams, real) = ([Drawing.Panel](), [Drawing.Panel](), 0)
    for number in 1...6 {
      data.append(panel("data \(number)", numbers(of: try source.data.sample(&sampler))))
      let dream = try machine.generative.sample(&sampler).last ?? []
      if source.data.patterns.contains(dream) { real += 1 }
      dreams.append(panel("dream \(number)", numbers(of: dream)))
    }
    return [
      pixels("\(source.title): six patterns of the data", data, kind: .sampled, caption: ""),
      pixels(
        "\(source.title): six dreams", dreams, kind: .sampled,
        caption: "\(real) of the 6 dreams are patterns that D contains."),
    ]
  }

  /// σ(c + W_i): what is painted when one hidden unit alone is on, four units to a picture.
  private func unitPictures() -> [Picture] {
    let layer = machine.generative.layers.last
    let panels = (layer?.weights ?? []).enumerated().map { number, row in
      panel(
        "unit \(number + 1)",
        BernoulliFactors(logits: zip(layer?.bias ?? [], row).map { $0 + $1 }).probabilities)
    }
    return stride(from: 0, to: panels.count, by: 4).map { first in
      let last = min(first + 4, panels.count)
      return pixels(
        "\(source.title): what hidden units \(first + 1) to \(last) paint, each alone",
        Array(panels[first..<last]), kind: .exact,
        caption: "Probabilities of the pixels with one unit of the lowest hidden layer on.")
    }
  }

  private func pixels(
    _ title: String, _ panels: [Drawing.Panel], kind: NumberKind, caption: String
  ) -> Picture {
    Drawing.surface(title, panels, axes: ("rows", "columns"), kind: kind, caption: caption)
  }

  private func numbers(of pattern: [Bool]) -> [Double] { pattern.map { $0 ? 1 : 0 } }

  private func panel(_ name: String, _ values: [Double]) -> Drawing.Panel {
    Drawing.Panel(
      name, rows: (0..<source.rows).map { _ in "" }, columns: (0..<source.columns).map { _ in "" },
      values: (0..<source.rows).map { row in
        Array(values[(row * source.columns)..<((row + 1) * source.columns)])
      })
  }
}

/// A short run of both trainings.
@Sendable func learningPages(_ context: RunContext) throws -> [Block] {
  var bars = try PatternTraining(try .bars(), seed: context.seed)
  for _ in 0..<ShortRun.rounds { try bars.advance() }
  return try bars.page(context)
}

/// The same for shifted rows.
@Sendable func shifterPages(_ context: RunContext) throws -> [Block] {
  var rows = try PatternTraining(try .shifter(), seed: context.seed)
  for _ in 0..<ShortRun.rounds { try rows.advance() }
  return Array(try rows.page(context).prefix(3))
}

/// How long the page learns.
enum ShortRun {
  static let rounds = 6
}
