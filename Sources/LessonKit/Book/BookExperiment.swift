import Probability

/// An experiment as sliders over grids that were computed beforehand.
///
/// Each number and each component that can move is an axis; everything else stays where it starts.
/// Without a script an axis is a table of a few places.
struct BookExperiment {
  let text: BookText
  let experiment: Experiment

  /// The most places of an axis, the most axes, the most rows of its table.
  private static let (places, axes, rows) = (51, 4, 5)

  var markup: HTML {
    let axes = self.axes.prefix(Self.axes).enumerated().map { number, axis in
      markup(axis, id: "try-\(experiment.id)-\(number + 1)")
    }
    let id = "try-" + experiment.id
    return .tag(
      "section", ["class": "try"],
      .tag("h4", ["id": id], .link("#" + id, "Try: " + BookText.title(experiment.title))),
      .tag("p", [:], text.inline(experiment.prompt)), text.given(experiment.givens), HTML(axes))
  }

  /// What moves, the words for each of its places, and what is seen there.
  private struct Axis {
    let label: String
    let places: [(value: Double, text: String, screen: Experiment.Screen)]
    let start: Int
  }

  private var axes: [Axis] {
    experiment.controls.flatMap { control -> [Axis] in
      switch control.range {
      case .number(let low, let high, let step):
        let count = max(1, Int(((high - low) / step).rounded()))
        let stride = (count + Self.places - 2) / (Self.places - 1)
        let values = Swift.stride(from: 0, through: count, by: stride).map {
          low + Double($0) * step
        }
        return [
          axis(control.label, values, start: control.start.first ?? low) { value in
            (experiment.at(control, [min(high, value)]), Format.short(value, digits: 6))
          }
        ]
      case .choice(let names):
        return [
          axis(control.label, names.indices.map(Double.init), start: control.start.first ?? 0) {
            (experiment.at(control, [$0]), names[Int($0)])
          }
        ]
      case .simplex(let states, let step):
        let count = max(1, Int((1 / step).rounded()))
        let stride = (count + Self.places - 2) / (Self.places - 1)
        let values = Swift.stride(from: 0, through: count, by: stride).map { Double($0) * step }
        return states.indices.map { component in
          axis("\(control.label), \(states[component])", values, start: control.start[component]) {
            let list = Experiment.redistributed(control.start, component, to: min(1, $0))
            return (experiment.at(control, list), Format.short($0, digits: 6))
          }
        }
      }
    }
  }

  private func axis(
    _ label: String, _ values: [Double], start: Double,
    _ settings: (Double) -> (Experiment.Settings, String)
  ) -> Axis {
    let places = values.compactMap { value -> (Double, String, Experiment.Screen)? in
      let (settings, text) = settings(value)
      return (try? experiment.screen(settings)).map { (value, text, $0) }
    }
    let nearest = places.indices.min { abs(places[$0].0 - start) < abs(places[$1].0 - start) }
    return Axis(
      label: label, places: places.map { (value: $0.0, text: $0.1, screen: $0.2) },
      start: nearest ?? 0)
  }

  private func markup(_ axis: Axis, id: String) -> HTML {
    guard let first = axis.places.first else { return HTML() }
    let names = first.screen.readings.map(\.name)
    let columns = names.indices.map { reading in
      axis.places.map { place in
        place.screen.readings.indices.contains(reading)
          ? Format.short(place.screen.readings[reading].value.value, digits: 6) : ""
      }
    }
    let last = axis.places.count - 1
    let input = HTML.tag(
      "input",
      [
        "type": "range", "id": id, "min": "0", "max": "\(last)", "step": "1",
        "value": "\(axis.start)",
      ])
    let readings = zip(names, columns).map { name, texts -> HTML in
      .tag(
        "span", ["class": "value"],
        .tag("span", ["class": Self.ink(name)], text.inline(name)), " ",
        .tag(
          "output", ["class": "n", "for": id, "data-v": texts.joined(separator: "|")],
          HTML(texts[axis.start])))
    }
    let slider = HTML.tag(
      "div", ["class": "slider"],
      .tag("label", ["for": id], text.inline(axis.label)), input,
      .tag(
        "output",
        ["class": "n", "for": id, "data-v": axis.places.map(\.text).joined(separator: "|")],
        HTML(axis.places[axis.start].text)), .tag("div", ["class": "readings"], readings))
    return .tag(
      "div", ["class": "moving"], slider, curve(axis, names), table(axis, names, columns))
  }

  private func table(_ axis: Axis, _ names: [String], _ columns: [[String]]) -> HTML {
    let last = axis.places.count - 1
    let count = min(Self.rows, axis.places.count)
    var rows = (0..<count).map { count > 1 ? $0 * last / (count - 1) : 0 }
    rows = Array(Set(rows + [axis.start])).sorted()
    let head =
      [HTML.tag("th", ["scope": "col"], text.inline(axis.label))]
      + names.map { .tag("th", ["scope": "col", "class": "n"], text.inline($0)) }
    let body = rows.map { row -> HTML in
      .tag(
        "tr", [:],
        [HTML.tag("td", ["class": "n"], HTML(axis.places[row].text))]
          + columns.map { .tag("td", ["class": "n"], HTML($0[row])) })
    }
    return .tag(
      "div", ["class": "scroll grid-table"],
      .tag("table", [:], .tag("thead", [:], .tag("tr", [:], head)), .tag("tbody", [:], body)))
  }

  /// The readings over the axis, with dots that the script puts where the slider is.
  private func curve(_ axis: Axis, _ names: [String]) -> HTML {
    let all = axis.places.flatMap { $0.screen.readings.map(\.value.value) }.filter(\.isFinite)
    guard axis.places.count > 2, let low = all.min(), let high = all.max(), high > low else {
      return HTML()
    }
    var svg = SVG()
    let (left, right, top, bottom) = (70.0, 620.0, 10.0, 170.0)
    func x(_ place: Int) -> Double {
      left + (right - left) * Double(place) / Double(axis.places.count - 1)
    }
    func y(_ value: Double) -> Double { bottom - (bottom - top) * (value - low) / (high - low) }
    svg.line((left, bottom), (right, bottom), class: "axis")
    svg.line((left, top), (left, bottom), class: "axis")
    svg.text(Format.short(high, digits: 3), left - 6, top + 8, anchor: "end", class: "axis")
    svg.text(Format.short(low, digits: 3), left - 6, bottom, anchor: "end", class: "axis")
    svg.text(axis.places[0].text, left, bottom + 18, class: "axis")
    svg.text(
      axis.places[axis.places.count - 1].text, right, bottom + 18, anchor: "end", class: "axis")
    for (reading, name) in names.enumerated() {
      let points = axis.places.enumerated().compactMap { place, seen -> (Double, Double)? in
        guard seen.screen.readings.indices.contains(reading) else { return nil }
        let value = seen.screen.readings[reading].value.value
        return value.isFinite ? (x(place), y(value)) : nil
      }
      svg.polyline(points, class: Self.ink(name), width: 2, dashes: Self.dashes(reading))
      let ys = axis.places.indices.map { place -> String in
        let readings = axis.places[place].screen.readings
        let value = readings.indices.contains(reading) ? readings[reading].value.value : .nan
        return value.isFinite ? SVG.number(y(value)) : "-99"
      }
      svg.add(
        "circle",
        [
          ("cx", SVG.number(x(axis.start))), ("cy", ys[axis.start]), ("r", "5"),
          ("fill", "currentColor"),
          ("data-x", axis.places.indices.map { SVG.number(x($0)) }.joined(separator: "|")),
          ("data-y", ys.joined(separator: "|")),
        ], class: Self.ink(name))
    }
    svg.height = bottom + 20
    svg.legend(
      names.enumerated().map { reading, name in
        (
          name: name,
          sample: { svg, x, y in
            svg.line(
              (x, y - 5), (x + 24, y - 5), class: Self.ink(name), width: 2,
              dashes: Self.dashes(reading))
          }
        )
      })
    return HTML(
      markup: svg.document(
        title: "\(experiment.title): \(axis.label)",
        description: names.joined(separator: ", ") + " over \(axis.label)."))
  }

  /// How the line of a reading is broken: six that can be told apart in one colour.
  private static func dashes(_ reading: Int) -> String {
    ["", "7 4", "2 3", "9 3 2 3", "14 4", "2 3 2 3 8 3"][reading % 6]
  }

  /// The colour of a reading, by its name.
  private static func ink(_ name: String) -> String {
    if name.hasPrefix("ELBO") || name.hasPrefix("F(") || name.contains("bound") { return "bound" }
    if name.hasPrefix("log p(x") || name.contains("evidence") { return "evidence" }
    if name.hasPrefix("q") { return "q" }
    return name.hasPrefix("p") ? "p" : "neutral"
  }
}

extension Experiment {
  /// The start with one control elsewhere.
  fileprivate func at(_ control: Control, _ values: [Double]) -> Settings {
    var settings = start
    settings.values[control.name] = values
    return settings
  }

  /// Probabilities of which one is set and the others keep their proportions.
  fileprivate static func redistributed(
    _ start: [Double], _ component: Int, to value: Double
  ) -> [Double] {
    let rest = 1 - start[component]
    return start.indices.map { other in
      guard other != component else { return value }
      let share = rest > 0 ? start[other] / rest : 1 / Double(start.count - 1)
      return (1 - value) * share
    }
  }
}
