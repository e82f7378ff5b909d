// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A room of the house: its folder under Sources, and the rooms below that it may see.
func room(
  _ name: String, path: String? = nil, without others: [String] = [],
  sees rooms: [Target.Dependency]
) -> Target {
  .target(
    name: name, dependencies: rooms, path: path, exclude: others, swiftSettings: settings)
}

func tests(
  _ name: String, without others: [String] = [], of rooms: [Target.Dependency]
) -> Target {
  .testTarget(name: name, dependencies: rooms, exclude: others, swiftSettings: settings)
}

// MARK: Who sees whom (Reference/architecture.md draws it)

let numerics: [Target.Dependency] = ["GSL", "Networks"]
let probability: [Target.Dependency] = numerics + ["Probability"]
let models: [Target.Dependency] = probability + ["Models"]
let wing: [Target.Dependency] = models + ["Kernels"]
let kit: [Target.Dependency] = probability + ["Verification", "JSONText", "LessonKit"]
let exactSide: [Target.Dependency] = wing + ["Exact"] + ["Verification", "JSONText", "LessonKit"]
let everything: [Target.Dependency] = exactSide + ["Approximate"]

/// The folders under Lessons, each a module of its own: 04-nvil is Lesson04.
let lessonFolders = [
  "00-jensen-elbo", "01-kl-forms", "02-exact-marginals", "03-mean-field", "04-nvil",
  "05-wake-sleep", "06-vae", "07-message-passing", "08-svae", "09-laplace-and-dynamics",
  "10-sampling", "11-control-variates", "12-dimensionality", "13-control",
]
let lessons: [Target.Dependency] = lessonFolders.map {
  .init(stringLiteral: "Lesson" + $0.prefix(2))
}

let package = Package(
  name: "Tightbound",
  products: [
    .executable(name: "lessons", targets: ["lessons"]),
    .library(name: "Tightbound", targets: ["Tightbound"]),
    .library(name: "Approximations", targets: ["Approximate"]),
    .library(name: "Oracles", targets: ["JSONText", "Exact", "Interchange"]),
  ],
  targets: [
    // MARK: Below the wings
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev", "pkg-config"])]),
    room("GSL", sees: ["CGSL"]),
    room("Networks", sees: ["GSL"]),
    room("Probability", sees: numerics + ["Kernels"]),
    room("Models", sees: probability),
    .target(name: "CKernels"),
    room("Kernels", sees: ["CKernels"]),
    // MARK: The two wings
    room("Exact", sees: wing),
    room("Approximate", sees: wing),
    // MARK: Beside them
    room("JSONText", sees: []),
    room("Verification", sees: probability),
    room("Judge", sees: probability + ["Verification", "JSONText"]),
    room("LessonKit", sees: probability + ["Verification", "JSONText"]),
    room("Interchange", sees: models + ["Exact", "Approximate", "JSONText"]),
    room("Tightbound", sees: ["Probability", "Models", "Exact", "Verification"]),
    // MARK: Where they meet
    .target(name: "CTerminal"),
    .target(name: "CChildren"),
    room(
      "Curriculum", path: "Lessons", without: lessonFolders,
      sees: ["LessonKit", "Approximate"] + lessons),
    room(
      "LessonRunner", sees: everything + ["Interchange", "Judge", "CTerminal", "CChildren"]),
    .executableTarget(
      name: "lessons", dependencies: ["LessonRunner", "Curriculum"], swiftSettings: settings),
    // MARK: Tests
    tests("GSLTests", of: ["GSL"]),
    tests("NetworksTests", of: numerics),
    tests("ProbabilityTests", of: probability),
    tests("ModelsTests", of: models),
    tests("KernelsTests", of: ["GSL", "Kernels"]),
    tests("ExactTests", of: wing + ["Exact", "JSONText", "Verification"]),
    tests("ApproximateTests", of: wing + ["Exact", "Approximate"]),
    tests("JSONTextTests", of: ["JSONText"]),
    tests("VerificationTests", of: probability + ["Verification"]),
    tests("JudgeTests", of: probability + ["Verification", "JSONText", "Judge"]),
    tests("LessonKitTests", of: kit),
    tests("InterchangeTests", of: models + ["Exact", "Approximate", "JSONText", "Interchange"]),
    tests("TightboundTests", of: ["Tightbound"]),
    tests("CurriculumTests", of: everything + ["Interchange", "Curriculum"] + lessons),
    tests(
      "CommandTests", without: ["Handins"],
      of: everything + ["Interchange", "Judge", "Curriculum", "LessonRunner"] + lessons),
    tests("ArchitectureTests", of: []),
  ]
    + lessonFolders.map { folder in
      room("Lesson" + folder.prefix(2), path: "Lessons/" + folder, sees: everything)
    },
  swiftLanguageModes: [.v6]
)
