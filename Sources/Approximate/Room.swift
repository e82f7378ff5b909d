// Approximate
