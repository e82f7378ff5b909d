// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// libFuzzer brings its own main, which an ordinary build lacks: the tests are built without it.
let fuzzer: [Target] =
  Context.environment["WITHOUT_FUZZER"] != nil
  ? []
  : [
    .executableTarget(
      name: "FuzzOracles", dependencies: ["CLibFuzzer", "FuzzKit"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
  ]

let package = Package(
  name: "TightboundFuzz",
  dependencies: [.package(name: "Tightbound", path: "..")],
  targets: [
    .target(name: "CLibFuzzer"),
    .target(
      name: "FuzzKit", dependencies: [.product(name: "Oracles", package: "Tightbound")],
      swiftSettings: settings),
    .testTarget(name: "FuzzKitTests", dependencies: ["FuzzKit"], swiftSettings: settings),
  ] + fuzzer,
  swiftLanguageModes: [.v6]
)
