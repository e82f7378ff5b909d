import LessonKit

/// The errata that this lesson shows.
let errata: [ErratumCase] = errataOfGradients + errataOfDraws + errataOfBaselines
