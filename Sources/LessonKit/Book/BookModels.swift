extension Book {
  /// A kind of model that is answered exactly: how it is drawn, how it is written, what is answered.
  public struct Model: Sendable, Equatable {
    let kind: String
    let about: String
    let picture: Picture
    let json: String
    let answer: [String]

    /// - Parameters:
    ///   - kind: the word that names it.
    ///   - about: what it is, in a sentence.
    ///   - picture: its variables.
    ///   - json: a small model of the kind, as it is asked.
    ///   - answer: what the command prints, line by line.
    public init(
      kind: String, about: String, picture: Picture, json: String, answer: [String]
    ) {
      (self.kind, self.about, self.picture) = (kind, about, picture)
      (self.json, self.answer) = (json, answer)
    }
  }

  /// The page of the models that the oracle answers.
  var modelsPage: String {
    var body =
      HTML.tag("h1", [:], "Models with an exact answer")
      + text.prose(
        """
        `lessons oracle` answers each of these without sampling and without approximation. A model is a JSON \
        object; `lessons oracle --example KIND` prints the one that stands here, to start from. Below it stands \
        what the command prints for it.
        """)
    for model in models {
      body += BookFrame.heading(model.kind, HTML(model.kind)) + text.prose(model.about)
      body += text.picture(model.picture)
      body += printed("lessons oracle --example \(model.kind)", [model.json])
      body += printed("lessons oracle model.json", model.answer)
    }
    return BookFrame.page(
      title: "Models with an exact answer",
      contents: models.map { ($0.kind, HTML($0.kind)) }, body: body)
  }

  private func printed(_ command: String, _ lines: [String]) -> HTML {
    .tag(
      "figure", ["class": "code"], .tag("figcaption", [:], HTML(command)),
      .tag(
        "pre", ["tabindex": "0"],
        .tag("code", [:], HTML(lines.joined(separator: "\n")))))
  }
}
