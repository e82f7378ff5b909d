import LessonKit

/// A Swift package with one file to write, as the texts of its files.
struct HomeworkTemplate: Sendable {
  /// The lesson's id.
  let lesson: String
  /// Texts by the paths inside the folder.
  let files: @Sendable (_ package: PackageLocation) -> [(path: String, text: String)]

  /// What can be handed out.
  static let all: [HomeworkTemplate] = [scoreFunction]
}

/// Where a homework finds the package that checks it.
enum PackageLocation: Sendable, Equatable {
  /// A folder on this machine, by its absolute path.
  case folder(String)
  /// A repository.
  case repository(String)

  /// The entry among the dependencies of a manifest.
  var dependency: String {
    switch self {
    case .folder(let path): ".package(name: \"Tightbound\", path: \(swiftLiteral(path)))"
    case .repository(let url): ".package(url: \(swiftLiteral(url)), branch: \"main\")"
    }
  }

  /// The name by which a target asks for the package's products.
  var identity: String {
    switch self {
    case .folder: return "Tightbound"
    case .repository(let url):
      let name = url.split(separator: "/").last.map(String.init) ?? url
      return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }
  }
}

/// A string as Swift source.
func swiftLiteral(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": literal += "\\\\"
    case "\"": literal += "\\\""
    case _ where scalar.value < 32 || scalar.value == 127:
      literal += "\\u{\(String(scalar.value, radix: 16))}"
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}

/// The manifest of a homework package.
func homeworkManifest(_ package: PackageLocation) -> String {
  """
  // swift-tools-version: 6.2
  import PackageDescription

  // ExactSide knows models, exact answers and checks. It holds no estimator.
  let exactSide: Target.Dependency = .product(
    name: "ExactSide", package: \(swiftLiteral(package.identity)))

  let package = Package(
    name: "Homework",
    dependencies: [
      \(package.dependency)
    ],
    targets: [
      .target(name: "Homework", dependencies: [exactSide]),
      .testTarget(name: "HomeworkTests", dependencies: ["Homework", exactSide]),
    ],
    swiftLanguageModes: [.v6]
  )

  """
}
