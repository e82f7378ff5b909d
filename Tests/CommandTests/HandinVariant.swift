import JSONText
import Testing

/// A way to write a function of an exercise, right or wrong, that a program hands in.
struct HandinVariant {
  let kind, part, name: String

  /// Hands it in: what is right must pass, and what is wrong be told its own name.
  func isToldApart(in exercise: String, command: [String]) throws {
    let (status, output, complaints) = Lessons.run(["judge", exercise, "--json", "--"] + command)
    let json = try #require(try? JSON(parsing: output), "\(name): \(complaints) \(output)")
    let written = parts(json).filter { $0["written"] == .bool(true) }
    #expect(!written.isEmpty, "\(exercise) \(name): \(output)")
    for part in written {
      if kind == "right" {
        #expect(part["right"] == .bool(true), "\(name): \(part["verdict"] ?? .null)")
      } else {
        guard case .array(let names)? = part["mistakes"] else { continue }
        #expect(names.contains(.string(name)), "\(name): \(part["verdict"] ?? .null)")
      }
    }
    #expect(status != 2)
  }

  private func parts(_ json: JSON) -> [JSON] {
    guard case .array(let exercises)? = json["exercises"] else { return [] }
    return exercises.flatMap { exercise -> [JSON] in
      if case .array(let parts)? = exercise["parts"] { parts } else { [] }
    }
  }
}
