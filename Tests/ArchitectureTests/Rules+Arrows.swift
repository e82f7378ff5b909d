extension Rule {
  static let arrows = Rule(name: "a room imports only rooms that it may see", applies: isHouse) {
    file in
    guard let room = Rooms.room(of: file.path) else { return [] }
    guard let seen = Rooms.table[room] else {
      return [file.finding(1, "\(room) is no room of the table")]
    }
    return file.imports.compactMap { module, line in
      let isSeen =
        seen.contains(Rooms.room(named: module)) || (Rooms.outside[module]?.contains(room) ?? false)
      return isSeen ? nil : file.finding(line, "\(room) must not import \(module)")
    }
  }

  /// The two wings meet in tests, so tests may import any room they declare; C they may not.
  static let testsStayInSwift = Rule(
    name: "tests see GSL and Kernels, not the C behind them",
    applies: { $0.hasPrefix("Tests/") && isSwift($0) }
  ) { file in
    file.imports.filter { ["CGSL", "CKernels"].contains($0.module) }.map {
      file.finding($0.line, "tests must not import \($0.module): import \($0.module.dropFirst())")
    }
  }

  static let unsafety = Rule(
    name: "only GSL and Kernels touch memory that the language does not guard",
    applies: {
      isSwift($0) && !$0.hasPrefix("Sources/GSL/") && !$0.hasPrefix("Sources/Kernels/")
    }
  ) { file in
    file.places(of: "unsafe").map {
      file.finding(file.tokens[$0].line, "the word unsafe belongs to Sources/GSL and Kernels")
    }
  }
}
