/// Why a value in a JSON file is not what it should be, and where it stands.
public struct PlaceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The path from the top of the file, such as `weights[2][5]`.
  public let path: String
  /// What was expected and found there.
  public let complaint: String

  /// A complaint about the value at a path.
  public init(path: String, complaint: String) {
    self.path = path
    self.complaint = complaint
  }

  /// One line: the path, then the complaint.
  public var description: String { "\(path): \(complaint)" }
}
