import GSL
import LessonKit
import Probability

/// How the number of paths grows beside the number of terms in the recursion.
func pathsAgainstTerms(_ context: RunContext) throws -> Picture {
  let states = 3
  let bars = [2, 4, 8, 16].flatMap { length -> [Drawing.Bar] in
    let paths = pow(Double(states), Double(length))
    let terms = Double(states + (length - 1) * states * states)
    return [
      (label: "T = \(length): paths", value: paths, note: ""),
      (label: "T = \(length): terms", value: terms, note: ""),
    ]
  }
  return Drawing.bars(
    "3 states: paths to visit, terms to add", bars, scale: .logarithmic, kind: .exact,
    caption: "Paths grow like 3^T, the terms of the recursion by nine a step. Behind each number: "
      + "how many times the 9 paths of T = 2. There the recursion adds more terms than there are paths."
  )
}
