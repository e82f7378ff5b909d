// ApproximateTests
