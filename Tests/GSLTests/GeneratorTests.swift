import GSL
import Testing

@Test func theGeneratorRepeats() throws {
  var first = try Generator(seed: 1)
  var second = try Generator(seed: 1)
  var other = try Generator(seed: 1, stream: 1)
  let draws = (0..<50).map { _ in first.uniform() }
  #expect(draws == (0..<50).map { _ in second.uniform() })
  #expect(draws != (0..<50).map { _ in other.uniform() })
  #expect(exp(log(2.0)) > 1.9)
}
