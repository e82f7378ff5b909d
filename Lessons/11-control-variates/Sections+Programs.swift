import LessonKit

/// What is subtracted or replaced by a program: slopes, sums, couplings, and what is biased.
let programSections: [Section] = [
  Section("taylor", "Slopes as control variates", .prose(Prose.taylor)),
  Section("sums", "Sums in the place of draws", .prose(Prose.sums)),
  Section("couplings", "Two draws that belong together", .prose(Prose.couplings)),
  Section("biased", "Estimators that are wrong on average", .prose(Prose.biased)),
]

/// What a reader can move there.
let programExperiments: [Experiment] = []
