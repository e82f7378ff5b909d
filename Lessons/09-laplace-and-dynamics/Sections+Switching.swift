import LessonKit

/// What moves in time and switches: the sections after the chain of counts.
let switchingSections: [Section] = []

/// What the reader can do after them; it follows what the frame says of the first half.
let switchingGives: [String] = []

/// What a reader can move there.
let switchingExperiments: [Experiment] = []

/// What can be learned there at full length.
let switchingTrainings: [TrainingCourse] = []

/// The errata of the lectures that it shows.
let switchingErrata: [ErratumCase] = []
