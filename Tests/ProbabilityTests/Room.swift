// ProbabilityTests
