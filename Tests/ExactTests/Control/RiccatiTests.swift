import Exact
import Models
import Networks
import Probability
import Testing

@Suite("The best controls of linear systems")
struct RiccatiTests {
  /// A system of n numbers a state and m a control.
  static func random(_ n: Int, _ m: Int, seed: UInt64) throws -> (LinearQuadratic, Vector) {
    var cases = try Cases(seed: seed, stream: 0)
    func matrix(_ rows: Int, _ columns: Int) throws -> Matrix {
      Matrix(rows: rows, columns: columns, try cases.reals(rows * columns, from: -1, to: 0.9))
    }
    func cost(_ size: Int, _ least: Double) throws -> Matrix {
      let root = try matrix(size, size)
      return root.times(root.transposed()) + least * Matrix(identity: size)
    }
    let system = try LinearQuadratic(
      dynamics: try matrix(n, n), input: try matrix(n, m), stateCost: try cost(n, 0),
      controlCost: try cost(m, 0.3), finalCost: try cost(n, 0))
    return (system, Vector(try cases.reals(n, from: -2, to: 2)))
  }

  // Catches: A for Aᵀ, gains in the wrong order, Q for F, one control where there are two.
  @Test("Backwards and all at once give the same controls and the same cost")
  func twins() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      for (n, m, steps) in [(1, 1, 4), (2, 1, 5), (3, 2, 4), (2, 2, 1)] {
        let (system, start) = try Self.random(n, m, seed: seed)
        let recursion = try RiccatiRecursion(of: system, steps: steps)
        let batch = try BatchControls(of: system, from: start, steps: steps)
        let value = recursion.value(from: start)
        #expect(abs(batch.cost - value) < 1e-11 * (1 + value))
        var state = start
        for (gain, control) in zip(recursion.gains, batch.controls) {
          let found = gain.times(state)
          #expect(zip(found.array, control.array).allSatisfy { abs($0 + $1) < 1e-10 })
          state = system.next(state, control)
        }
      }
    }
  }

  // Catches: a recursion of another scale: a root that is not the one of the equation.
  @Test("A scalar recursion with ones comes to the golden section")
  func golden() throws {
    let one: Matrix = [[1]]
    let system = try LinearQuadratic(
      dynamics: one, input: one, stateCost: one, controlCost: one, finalCost: one)
    let recursion = try RiccatiRecursion(of: system, steps: 40)
    #expect(abs(recursion.costsToGo[0][0, 0] - (1 + 5.0.squareRoot()) / 2) < 1e-14)
    #expect(recursion.gains.count == 40 && recursion.costsToGo.count == 41)
    #expect(try RiccatiRecursion(of: system, steps: 0).value(from: Vector(3)) == 9)
  }

  // Catches: a closed loop that forgets the control's cost; noise that is paid for at the start.
  @Test("The best gains cost what the recursion says, with noise and without; others cost more")
  func loops() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let (system, start) = try Self.random(3, 2, seed: seed)
      let recursion = try RiccatiRecursion(of: system, steps: 4)
      let noise = outer(start, start) + Matrix(identity: 3)
      let value = recursion.value(from: start, noise: noise)
      let loop = ClosedLoop(of: system, gains: recursion.gains)
      #expect(abs(loop.value(from: start, noise: noise) - value) < 1e-11 * (1 + value))
      let other = ClosedLoop(of: system, gains: recursion.gains.map { 0.9 * $0 })
      #expect(other.value(from: start) > recursion.value(from: start))
    }
  }

  // Catches: gains of another number of steps to go.
  @Test("A horizon that covers the rest has the best gains, a short one those of a short task")
  func receding() throws {
    let (system, _) = try Self.random(2, 1, seed: 3)
    let best = try RiccatiRecursion(of: system, steps: 5).gains
    #expect(try ClosedLoop.recedingGains(of: system, horizon: 5, steps: 5) == best)
    #expect(try ClosedLoop.recedingGains(of: system, horizon: 9, steps: 5) == best)
    let short = try ClosedLoop.recedingGains(of: system, horizon: 2, steps: 5)
    #expect(short == [best[3], best[3], best[3], best[3], best[4]])
  }
}
