// swift-tools-version: 6.2
import PackageDescription

// A program of a stranger's, which happens to have a module called Models, as Tightbound has: the
// alias gives Tightbound's another name in this build. Whose names do not collide leaves it out.
//
// With an address in place of a path, `package:` is "Tightbound"; a path names it after the folder.
let folder = Context.packageDirectory.split(separator: "/").dropLast().last.map(String.init) ?? ""
let tightbound: Target.Dependency = .product(
  name: "Tightbound", package: folder, moduleAliases: ["Models": "TightboundModels"])

let package = Package(
  name: "Examples",
  dependencies: [.package(path: "..")],
  targets: [
    .target(name: "Models", dependencies: [tightbound]),
    .target(name: "Estimators", dependencies: ["Models", tightbound]),
    .testTarget(name: "EstimatorsTests", dependencies: ["Estimators", "Models", tightbound]),
  ],
  swiftLanguageModes: [.v6]
)
