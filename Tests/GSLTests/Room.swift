// GSLTests
