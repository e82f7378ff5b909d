import Exact
import GSL
import Models
import Probability
import Testing

@Suite("One Gaussian latent") struct LatentGaussianTests {
  @Test("The trapezoid rule and GSL's adaptive rule") func countEvidence() throws {
    for count in 0...8 {
      for shift in [-1.5, 0, 0.2, 1] {
        let model = try PoissonCount(shift: shift, count: count)
        let wide = model.exactLogEvidence
        let adaptive = try Quadrature.adaptive(from: -14, to: 22, relative: 1e-12) {
          exp(model.logJoint($0))
        }
        let allowed = wide.errorBound + 4e-12
        #expect(abs(wide.value - log(adaptive.value)) <= allowed)
        #expect(wide.errorBound < 1e-11)
      }
    }
  }

  @Test("The published digits: log p(y) and the gap of the best Gaussian") func published() {
    let model = PoissonCount.threeEvents
    #expect(abs(model.exactLogEvidence.value + 2.392712470807) <= 5e-13)
    // 1/v = 1 + λ and m = y − λ at λ = 2.4491997998999135.
    let rate = 2.4491997998999135
    let gap = model.exactGap(mean: 3 - rate, variance: 1 / (1 + rate))
    #expect(abs(gap.value - 0.011568918099) <= 5e-13 + gap.errorBound)
  }

  @Test("Closed forms of the line against quadrature") func line() throws {
    let model = try LinearGaussian(slope: 1.3, noise: 0.4, observed: 0.9)
    func logJoint(_ z: Double) -> Double {
      let residual = model.observed - model.slope * z
      return -0.5
        * (z * z + residual * residual / model.noise + log(2 * Double.pi)
          + log(2 * Double.pi * model.noise))
    }
    let evidence = try Quadrature.adaptive(from: -10, to: 10, relative: 1e-13) {
      exp(logJoint($0))
    }
    #expect(abs(model.exactLogEvidence.value - log(evidence.value)) <= 1e-12)
    let (mean, variance) = (0.2, 0.6)
    let gap = try Quadrature.adaptive(from: -9, to: 9, absolute: 1e-13, relative: 1e-13) { z in
      let logQ = -0.5 * ((z - mean) * (z - mean) / variance + log(2 * Double.pi * variance))
      return exp(logQ) * (logQ - logJoint(z) + log(evidence.value))
    }
    #expect(abs(model.exactGap(mean: mean, variance: variance).value - gap.value) <= 1e-12)
  }
}
