import JSONText
import Models

extension JSONPlace {
  /// A model's own refusal, as one of the place that holds the model.
  ///
  /// A model names places by its parameters, which are the keys of its format.
  func refusal(_ error: ModelError) -> PlaceError {
    PlaceError(path: isTop ? error.place : "\(path).\(error.place)", complaint: error.reason)
  }

  /// What a model makes of numbers that stand here, or its refusal with this place.
  func making<Value>(_ make: () throws(ModelError) -> Value) throws(PlaceError) -> Value {
    do throws(ModelError) { return try make() } catch { throw refusal(error) }
  }

  /// The values of the array that stands here, each read in the same way.
  func each<Value>(
    _ read: (JSONPlace) throws(PlaceError) -> Value
  ) throws(PlaceError) -> [Value] {
    var values: [Value] = []
    for place in try array() { values.append(try read(place)) }
    return values
  }

  private var isTop: Bool { path == "top level" }
}
