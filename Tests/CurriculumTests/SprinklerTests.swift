import Approximate
import Models
import Probability
import Testing

@testable import Lesson03

/// What lesson 03 says of the sprinkler: whose doing the choice is, and whose the certainty.
@Suite("The sprinkler of lesson 03") struct SprinklerTests {
  private func rain(_ chance: Double, first: Int) throws -> Double {
    try Sprinkler(wetForNoReason: chance).meanField(updatingFirst: first).factors[2][1]
  }

  // Catches: prose that blames the zero for what happens without it, or excuses it.
  @Test("The start decides at and near a zero, and not far from it")
  func choice() throws {
    for chance in [0, 0.001, 0.01] {
      #expect(try abs(rain(chance, first: 2) - rain(chance, first: 1)) > 0.6, "\(chance)")
      #expect(try Sprinkler(wetForNoReason: chance).endsOfClimbs() == 2, "\(chance)")
    }
    for chance in [0.02, 0.1, 0.3] {
      #expect(try abs(rain(chance, first: 2) - rain(chance, first: 1)) < 1e-4, "\(chance)")
      #expect(try Sprinkler(wetForNoReason: chance).endsOfClimbs() == 1, "\(chance)")
    }
  }

  @Test("Overconfidence needs no zero")
  func certainty() throws {
    for chance in [0.02, 0.1, 0.3] {
      let exact = try Sprinkler(wetForNoReason: chance).exactMarginals[1]
      #expect(try rain(chance, first: 2) > exact + 0.2, "\(chance)")
    }
  }

  // Catches: a certainty that is laid at the door of the two causes, where the cloud makes it.
  @Test("Most of the overconfidence at ε = .3 comes with the cloud")
  func cloud() throws {
    let sprinkler = try Sprinkler(wetForNoReason: 0.3)
    let exact = sprinkler.exactMarginals[1]
    let pair = TwoBits().with(joint: sprinkler.causes)
    let alone = try WhatFactorisingLosesDerivation.exclusiveFit(pair)[1]
    let three = try rain(0.3, first: 2)
    #expect(alone > exact && alone - exact < (three - exact) / 3)
  }
}
