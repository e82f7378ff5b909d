import GSL
import Probability
import Testing

@Suite("Quadrature with a bound")
struct CellQuadratureTests {
  @Test("E[sin(z + a)] = exp(−1/2) sin a: the error stays below the bound, and falls with cells")
  func normal() throws {
    let exact = exp(-0.5) * sin(0.8)
    var last = Double.infinity
    for cells in [8, 32, 128, 512] {
      // |sin″| ≤ 1.
      let value = try quadratureMean(curvature: 1, cells: cells) { noise in
        sin(try noise.standardNormal() + 0.8)
      }
      #expect(abs(value.value - exact) <= value.errorBound)
      #expect(value.errorBound < last)
      last = value.errorBound
    }
    #expect(last < 2e-4)
  }

  @Test("A convex function is never overestimated: Jensen in every cell")
  func convex() throws {
    let value = try quadratureMean(curvature: 2, cells: 64) { noise in
      let z = try noise.standardNormal()
      return z * z
    }
    #expect(value.value < 1)
    #expect(1 - value.value <= value.errorBound)
  }

  @Test("Uniform noise and discrete choices in one program")
  func mixed() throws {
    let value = try quadratureMean(curvature: 2, cells: 100) { noise in
      let u = try noise.uniform()
      return try noise.flip(0.25) ? u * u : 1 - u
    }
    #expect(abs(value.value - (0.25 / 3 + 0.75 / 2)) <= value.errorBound)
    // The error is the curvature's: of order 1/cells², not zero.
    #expect(value.errorBound < 1e-5)
  }

  @Test("A bound on the curvature that is too small is what breaks it")
  func wrongCurvature() throws {
    let value = try quadratureMean(curvature: 0.01, cells: 16) { noise in
      let z = try noise.standardNormal()
      return z * z
    }
    #expect(abs(value.value - 1) > value.errorBound)
  }

  @Test("Two noises: the bounds add")
  func two() throws {
    let value = try quadratureMean(curvature: 1, cells: 64) { noise in
      sin(try noise.standardNormal() + 0.5 * (try noise.standardNormal()))
        + (try noise.standardNormal() > 1e9 ? 1 : 0)
    }
    #expect(abs(value.value) <= value.errorBound)
  }
}

@Suite("Labels")
struct LabelTests {
  @Test("Every number says what it is")
  func labels() {
    #expect("\(ExactValue(1.5, roundingBound: 3.14e-16))" == "1.5 (exact, rounding ≤ 3.1e-16)")
    #expect("\(QuadratureValue(2, errorBound: 0.0125))" == "2.0 (quadrature, error ≤ 0.013)")
    #expect(
      QuadratureEstimate(2, estimatedError: 1e-9).label == "quadrature, error about 1.0e-9")
    #expect(
      "\(MonteCarloValue(0.5, standardError: 0.01, count: 400))"
        == "0.5 (Monte Carlo, n = 400, standard error 0.01)")
    #expect(LowerBound(-1).label == "lower bound")
    #expect(UpperBound(-1).label == "upper bound")
    #expect(BiasedEstimate(-1).label == "biased estimate")
  }
}

@Suite("Refusals name what was too few")
struct TooFewTests {
  @Test("One draw has no variance, three cells no rule")
  func tooFew() {
    #expect(throws: ChoiceError.tooFewDraws(found: 1, needed: 2)) {
      _ = try sampledMoments(draws: 1, seed: 1) { _ in [1] }
    }
    #expect(throws: ChoiceError.tooFewCells(found: 3, needed: 4)) {
      _ = try quadratureMean(curvature: 1, cells: 3) { _ in 1 }
    }
    #expect(
      "\(ChoiceError.tooFewDraws(found: 1, needed: 2))" == "expected at least 2 draws, found 1")
    #expect(
      "\(ChoiceError.tooFewCells(found: 3, needed: 4))" == "expected at least 4 cells, found 3")
  }
}
