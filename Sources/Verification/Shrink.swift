import Probability

/// Makes a refused case as small as it can: shorter trails first, then smaller outcomes.
///
/// Works on the trail of choices alone, so it needs to know nothing of the problem. At most 400
/// trials are made; a candidate is kept if the check still refuses it in the same way (a
/// wrong number stays a wrong number, an error an error).
func shrink<Problem>(
  _ start: Trial, find: (Problem) throws -> Finding, plan: SearchPlan,
  draw: @Sendable (inout Cases) throws -> Problem
) -> Trial {
  var best = start
  var budget = 400

  func attempt(_ candidate: [Int]) -> Bool {
    guard budget > 0, candidate != best.trail else { return false }
    budget -= 1
    let (problem, trail) = CaseToken.trail(candidate).draw(stream: "", draw)
    let trial = Trial(find, problem, trail: trail, token: .trail(trail), plan: plan)
    guard trial.refused, (trial.failure == nil) == (start.failure == nil),
      isSmaller(trial.trail, best.trail)
    else { return false }
    best = trial
    return true
  }

  var improved = true
  while improved, budget > 0 {
    improved = false
    var index = best.trail.count - 1
    while index >= 0, budget > 0 {
      guard index < best.trail.count else {
        index = best.trail.count - 1
        continue
      }
      var shorter = best.trail
      shorter.remove(at: index)
      improved = attempt(shorter) || improved
      if index < best.trail.count {
        for smaller in smallerOutcomes(best.trail[index]) {
          var candidate = best.trail
          candidate[index] = smaller
          if attempt(candidate) {
            improved = true
            break
          }
        }
      }
      index -= 1
    }
  }
  return best
}

/// Zero, then steps from half the way down to one less: a search by bisection.
private func smallerOutcomes(_ outcome: Int) -> [Int] {
  guard outcome > 0 else { return [] }
  var candidates = [0]
  var step = outcome / 2
  while step > 0 {
    candidates.append(outcome - step)
    step /= 2
  }
  return candidates
}

/// Shorter, or as long with an earlier smaller outcome.
private func isSmaller(_ one: [Int], _ other: [Int]) -> Bool {
  if one.count != other.count { return one.count < other.count }
  for (a, b) in zip(one, other) where a != b { return a < b }
  return false
}
