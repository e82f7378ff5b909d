import JSONText
import Testing

@testable import Interchange

@Suite("approximation variational-mixture: what is refused")
struct VariationalMixtureTests {
  private static func spec(batch: String = "[0, 1]", sweeps: Int = 1) -> String {
    """
    {"approximation": "variational-mixture", "concentration": [1.1, 1.7],
     "prior": {"family": "normal-inverse-wishart", "mean": [-0.6], "kappa": 0.3, "dof": 2.5,
               "scale": [[1.4]]},
     "observations": [[-1], [2.5]], "responsibilities": [[0.75, 0.25], [0.25, 0.75]],
     "sweeps": \(sweeps), "svi": {"batch": \(batch), "stepSize": 0.5}}
    """
  }

  // Catches: an observation that counts twice in a batch, or that is not there; no batch at all.
  @Test("A batch has some of the observations, each once")
  func batches() throws {
    for batch in ["[0]", "[1, 0]"] {
      #expect(try approximationRefusal(Self.spec(batch: batch)) == "")
    }
    for (batch, words) in [
      ("[1, 1]", "svi.batch[1]: observation 1 stands twice"),
      ("[]", "svi.batch: expected at least one observation"),
      ("[2]", "svi.batch[0]: expected a whole number between 0 and 1, found 2"),
    ] {
      #expect(try approximationRefusal(Self.spec(batch: batch)).hasPrefix(words))
    }
  }

  // Catches: a limit that is off by one, or is none.
  @Test("Sweeps are one at least, and ten thousand at most")
  func sweeps() throws {
    #expect(try approximationRefusal(Self.spec(sweeps: 10_000)) == "")
    for sweeps in [0, 10_001] {
      #expect(try approximationRefusal(Self.spec(sweeps: sweeps)).hasPrefix("sweeps: expected"))
    }
  }
}
