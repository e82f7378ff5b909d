/// Which sections of lessons somebody has seen, the last one seen at the end.
///
/// The file is one line a section, "04-nvil/one-sample". One line that is none, and all of it is
/// taken for nothing: it is not worth a complaint.
struct Progress: Equatable, Sendable {
  /// A section of a lesson.
  struct Place: Hashable, Sendable {
    let lesson: String
    let section: String
  }

  private(set) var places: [Place] = []

  init() {}

  /// Reads a file.
  init(_ text: String) {
    var places: [Place] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let names = line.split(separator: "/", omittingEmptySubsequences: false)
      guard names.count == 2, names.allSatisfy(Progress.isName) else { return }
      places.append(Place(lesson: String(names[0]), section: String(names[1])))
    }
    guard text.isEmpty || text.last == "\n" else { return }
    for place in places { visit(place) }
  }

  /// The file.
  var text: String { places.map { "\($0.lesson)/\($0.section)\n" }.joined() }

  /// Where somebody was last.
  var last: Place? { places.last }

  /// Writes down that a section was seen.
  mutating func visit(_ place: Place) {
    places.removeAll { $0 == place }
    places.append(place)
  }

  /// Whether a section was seen.
  func has(_ place: Place) -> Bool { places.contains(place) }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.count <= 100
      && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
  }
}

extension CommandEnvironment {
  /// Where progress is kept: $XDG_STATE_HOME/tightbound; nil where there is no home.
  var stateFolder: String? {
    if let state = variables["XDG_STATE_HOME"], state.hasPrefix("/") {
      return state + "/tightbound"
    }
    guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state/tightbound"
  }

  /// What was seen so far; nothing where there is no file, or one that cannot be read.
  var progress: Progress {
    guard let folder = stateFolder,
      let bytes = try? files.read(folder + "/progress", limit: 1 << 20),
      let text = String(validating: bytes, as: UTF8.self)
    else { return Progress() }
    return Progress(text)
  }

  /// Keeps what was seen; that it cannot be kept is no reason to stop reading.
  func keep(_ progress: Progress) {
    guard let folder = stateFolder else { return }
    try? files.makeFolder(folder)
    try? files.write(progress.text, to: folder + "/progress")
  }
}
