import JSONText
import Models

extension JSONPlace {
  /// A model's own refusal, as one of the place that holds the model.
  ///
  /// A model names places by its parameters, which are the keys of its format.
  func refusal(_ error: ModelError) -> PlaceError {
    PlaceError(path: isTop ? error.place : "\(path).\(error.place)", complaint: error.reason)
  }

  private var isTop: Bool { path == "top level" }
}
