import GSL
import Probability

extension Experiment {
  /// The settings after a control was moved by some steps; a component is chosen among several.
  ///
  /// Ends stop: nothing leaves its range. Of probabilities the chosen one moves and the others keep
  /// their proportions; where the others are all zero they share alike.
  public func moved(
    _ settings: Settings, control: Int, component: Int = 0, by steps: Int
  ) -> Settings {
    guard controls.indices.contains(control) else { return settings }
    let moving = controls[control]
    var values = settings.list(moving.name)
    guard values.indices.contains(component) else { return settings }
    switch moving.range {
    case .number(let low, let high, let step):
      // On the grid of its steps, so that ten steps there and back end where they began.
      let place = ((values[component] - low) / step).rounded() + Double(steps)
      values[component] = min(high, max(low, low + place * step))
    case .choice(let names):
      values[component] = min(Double(names.count - 1), max(0, values[component] + Double(steps)))
    case .simplex(_, let step):
      let place = (values[component] / step).rounded() + Double(steps)
      let wanted = min(1, max(0, place * step))
      let rest = 1 - values[component]
      for other in values.indices where other != component {
        let share = rest > 0 ? values[other] / rest : 1 / Double(values.count - 1)
        values[other] = (1 - wanted) * share
      }
      values[component] = wanted
    }
    return settings.setting(moving.name, values)
  }

  /// The settings with a control at values, or why they do not suit it.
  public func settings(
    _ settings: Settings, _ name: String, _ values: [Double]
  ) -> Result<Settings, SettingError> {
    guard let control = controls.first(where: { $0.name == name }) else {
      return .failure(
        SettingError(
          "nothing here is called “\(name)”; there is "
            + controls.map(\.name).joined(separator: ", ")))
    }
    switch control.range {
    case .number(let low, let high, _):
      guard values.count == 1, let value = values.first, low <= value, value <= high else {
        return .failure(
          SettingError("\(name) is one number from \(Format.short(low)) to \(Format.short(high))"))
      }
    case .choice(let names):
      guard values.count == 1, let value = values.first, value == value.rounded(),
        names.indices.contains(Int(value))
      else { return .failure(SettingError("\(name) is one of " + names.joined(separator: ", "))) }
    case .simplex(let states, _):
      guard values.count == states.count, values.allSatisfy({ $0 >= 0 }),
        abs(values.reduce(0, +) - 1) < 1e-9
      else {
        return .failure(
          SettingError("\(name) has \(states.count) probabilities that add up to one"))
      }
    }
    return .success(settings.setting(name, values))
  }

  /// The settings of a mark of this name; nil if there is none.
  public func settings(marked name: String) -> Settings? {
    marks.first { $0.name == name }.map { mark in
      mark.settings.reduce(start) { $0.setting($1.key, $1.value) }
    }
  }
}

extension Experiment.Settings {
  fileprivate func setting(_ name: String, _ values: [Double]) -> Self {
    var copy = self
    copy.values[name] = values
    return copy
  }
}

/// Why a value does not suit a control.
public struct SettingError: Error, CustomStringConvertible, Equatable {
  /// The reason, in words.
  public let description: String

  init(_ description: String) { self.description = description }
}
