import GSL
import Testing

@testable import Probability

/// Sums that are cut into leaves.
@Suite("Sums in leaves")
struct LeafTreeTests {
  private struct Terms: LeafSum, Equatable {
    var numbers: [Double]
    mutating func add(_ next: Terms) { numbers = [numbers[0] + next.numbers[0]] }
    init(numbers: [Double]) { self.numbers = numbers }
  }

  // Catches: a tree that depends on the share or on the number of threads, a leaf lost or doubled.
  @Test("the same to the last bit on any number of threads and in any number of parts")
  func shares() throws {
    for leaves in [1, 2, 3, 63, 64, 65, 500, 4096] {
      let tree = LeafTree(leaves: leaves) { Terms(numbers: [1 / Double($0 + 1) / 3]) }
      let whole = try tree.total(threads: 1)
      #expect(try tree.total(threads: 3) == whole)
      for count in [1, 2, 3, 7, 64, 100] {
        var nodes: [LeafNode] = []
        var seen = 0
        for part in 1...count {
          let share = try #require(LeafShare(part: part, of: count))
          let own = try tree.nodes(of: share)
          // No more nodes than two a level.
          #expect(own.count <= 26)
          seen += own.reduce(0) { $0 + $1.leaves.count }
          nodes += own
        }
        #expect(seen == leaves)
        #expect(try tree.total(of: nodes.reversed()) == whole)
        if leaves >= count {
          #expect(throws: LeafError.self) { try tree.total(of: nodes.dropLast()) }
        }
      }
    }
  }

  @Test("few outcomes are one leaf, many are never more than 4,096")
  func counts() {
    #expect(
      [1, 4096, 4097, 0x1p22, 0x1p24, 0x1p40, .infinity].map(leafCount) == [
        1, 1, 64, 64, 256, 4096, 4096,
      ])
    #expect(LeafShare(part: 0, of: 2) == nil && LeafShare(part: 3, of: 2) == nil)
    #expect(LeafShare(part: 1, of: 10_001) == nil)
  }

  // Catches: an accumulator that is not written, or not read back as it was.
  @Test("the law of a program from its parts is the law, whatever was added up in them")
  func laws() throws {
    let law = try LawInLeaves { choices, values in
      let bits = try choices.bits([0.25, 0.7, 0.5, 0, 0.1, 0.3, 0.6, 0.2])
      let others = try choices.bits([0.5, 1, 0.3, 0.8, 0.9, 0.45, 0.2])
      values = [bits[0] - 3 * others[2], log(1 + bits[1] + others[0] / 3), -1e-9 * bits[7]]
    }
    #expect(law.leaves == 64)
    let whole = try law.moments()
    for count in [1, 3, 64] {
      let nodes = try (1...count).flatMap { part in
        try LeafShare(part: part, of: count).map { try law.nodes(of: $0) } ?? []
      }
      #expect(try law.moments(of: nodes) == whole)
    }
  }

  @Test("numbers that no sums hold are not read")
  func readBack() {
    #expect(GatheredMoments(numbers: []) == nil)
    #expect(GatheredMoments(numbers: [1, 0, 1, 1, 2, 1]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, 0.5, 1, 0]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, -1, 1, 0]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, 1e300, 1, 0]) == nil)
    // Catches: numbers of outcomes that are no integer together.
    #expect(GatheredMoments(numbers: [1, 0, 0x1p50, 1, 0]) != nil)
    #expect(GatheredMoments(numbers: [1, 0, 0x1p50 + 1, 1, 0]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, .nan, 1, .infinity]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, 1, 1, 1e9]) == nil)
    #expect(GatheredMoments(numbers: [1, 0, 1, 1, 0])?.numbers == [1, 0, 1, 1, 0])
  }
}
