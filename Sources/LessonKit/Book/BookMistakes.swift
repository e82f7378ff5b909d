/// The wrong versions of an inquiry, one of which can be switched on: the stylesheet shows the
/// panel behind the button that is pressed, and no script is needed.
struct BookMistakes {
  let panels: BookMistake
  let inquiry: String
  let runs: [MistakeRun]
  /// The page that says all of a mistake, where this one has no room for it.
  let elsewhere: String?

  var markup: HTML {
    guard !runs.isEmpty else { return HTML() }
    var pieces: [HTML] = [
      button("right", isChecked: true),
      .tag(
        "div", ["class": "panel"],
        .tag(
          "p", [:], .tag("span", ["class": "good"], "✓"),
          " the library's own code: every line holds.")),
    ]
    for run in runs {
      let id = "m-" + run.mistake.name
      let panel = elsewhere.map { panels.brief(run, elsewhere: $0) } ?? panels.whole(run)
      pieces += [
        button(run.mistake.name, isChecked: false),
        .tag("div", ["class": "panel", "id": id], panel),
      ]
    }
    return .tag("fieldset", ["class": "break"], .tag("legend", [:], "Break it"), HTML(pieces))
  }

  private func button(_ label: String, isChecked: Bool) -> HTML {
    .tag(
      "label", [:],
      .tag(
        "input",
        ["type": "radio", "name": "b-" + inquiry, "checked": isChecked ? "checked" : nil]),
      HTML(label))
  }
}
