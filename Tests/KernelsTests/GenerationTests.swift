import Foundation
import Kernels
import Testing

@Suite struct GenerationTests {
  // Catches: a switch that is not heard, after which one generation would be tested three times.
  @Test("An older generation is used where one is asked for")
  func asked() throws {
    let asked = ProcessInfo.processInfo.environment["TIGHTBOUND_KERNELS"] ?? ""
    let order = KernelGeneration.allCases
    let used = try #require(order.firstIndex(of: .current))
    if let generation = KernelGeneration(rawValue: asked) {
      #expect(used <= (try #require(order.firstIndex(of: generation))))
    }
  }
}
