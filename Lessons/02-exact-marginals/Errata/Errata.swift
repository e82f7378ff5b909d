import LessonKit

/// The errata about marginals, in the order of the lesson.
let errata: [ErratumCase] = marginalErrata + sequenceErrata + grammarErrata
