import JSONText
import LessonKit

/// What a training has learned, as it is kept in a file.
///
/// One file a course and seed. A number is written so that it reads back to the same double, so a
/// training that is resumed goes on as if it had never stopped.
struct TrainingState: Equatable, Sendable {
  /// The lesson and the course: "06-vae/digits".
  let course: String
  /// The seed that it began with.
  let seed: UInt64
  /// How many rounds have been made.
  let round: Int
  /// What the training says of itself.
  let numbers: [String: [Double]]

  /// The state of a training.
  init(course: String, seed: UInt64, _ training: any Training) {
    self.course = course
    self.seed = seed
    round = training.round
    numbers = training.state
  }

  /// Reads a file, or refuses it with the place and the reason.
  init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["course", "seed", "round", "state"])
    course = try place.member("course").string()
    let typed = try place.member("seed").string()
    guard let seed = UInt64(typed) else {
      throw try place.member("seed").error(expected: "a whole number in quotes")
    }
    self.seed = seed
    round = try place.member("round").integer(in: 0...Int.max)
    let state = try place.member("state")
    guard case .object(let members) = state.value else { throw state.error(expected: "an object") }
    var numbers: [String: [Double]] = [:]
    for member in members { numbers[member.key] = try state.member(member.key).numbers() }
    self.numbers = numbers
  }

  /// The file.
  var text: String {
    let state = numbers.sorted { $0.key < $1.key }.map {
      (key: $0.key, value: JSON.numbers($0.value))
    }
    return JSON.object([
      ("course", .string(course)), ("seed", .string("\(seed)")), ("round", .integer(round)),
      ("state", .object(state)),
    ]).text(.compact) + "\n"
  }
}

/// Where the state of one training is kept.
struct TrainingStore: Sendable {
  let course: String
  let seed: UInt64
  private let files: any FileAccess
  /// The file; nil where there is no home.
  let path: String?
  private let folder: String?

  init(course: String, seed: UInt64, _ environment: CommandEnvironment) {
    self.course = course
    self.seed = seed
    files = environment.files
    folder = environment.stateFolder.map { $0 + "/training" }
    path = folder.map { $0 + "/\(course.replacing("/", with: "-"))-seed-\(seed).json" }
  }

  /// What was kept; nil where nothing was.
  ///
  /// It throws the reason why it cannot be used.
  func read() throws -> TrainingState? {
    guard let path, files.exists(path) else { return nil }
    let bytes = try files.read(path, limit: JSON.Limits().bytes)
    let place = JSONPlace(try JSON(parsing: bytes))
    let state = try TrainingState(place)
    guard state.course == course else {
      throw try place.member("course").error(expected: "\"\(course)\"")
    }
    guard state.seed == seed else { throw try place.member("seed").error(expected: "\"\(seed)\"") }
    return state
  }

  /// Keeps what was learned.
  func write(_ training: any Training) throws(CommandError) {
    guard let folder, let path else { throw CommandError("HOME", "there is no such folder") }
    try files.makeFolder(folder)
    try files.write(TrainingState(course: course, seed: seed, training).text, to: path)
  }
}
