// ExactTests
