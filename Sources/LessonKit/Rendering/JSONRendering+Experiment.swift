public import JSONText
import Probability

extension JSONRendering {
  /// An experiment at some settings, with the numbers that it shows there.
  public static func screen(
    _ experiment: Experiment, _ settings: Experiment.Settings, _ screen: Experiment.Screen
  ) -> JSON {
    let controls = experiment.controls.map { control in
      (key: control.name, value: JSON.numbers(settings.list(control.name)))
    }
    let readings = screen.readings.map { reading -> JSON in
      [
        "name": .string(reading.name), "value": .number(reading.value.value),
        "kind": .string(reading.value.kind.rawValue),
      ]
    }
    return [
      "experiment": .string(experiment.id), "settings": .object(controls),
      "readings": .array(readings), "remark": .string(screen.remark),
    ]
  }
}
