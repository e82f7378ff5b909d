extension Prose {
  static let taylor = """
    """
  static let sums = """
    """
  static let couplings = """
    """
  static let biased = """
    """
}
