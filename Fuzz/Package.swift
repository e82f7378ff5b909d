// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "TightboundFuzz",
  dependencies: [.package(name: "Tightbound", path: "..")],
  targets: [
    .target(name: "CLibFuzzer"),
    .target(
      name: "FuzzKit", dependencies: [.product(name: "Oracles", package: "Tightbound")],
      swiftSettings: settings),
    // libFuzzer brings its own main.
    .executableTarget(
      name: "FuzzOracles", dependencies: ["CLibFuzzer", "FuzzKit"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
    .testTarget(name: "FuzzKitTests", dependencies: ["FuzzKit"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
