/// What is read of baselines and of bounds, in the order of the page; what stands between them is in Prose+Programs.swift.
enum Prose {
  static let opening = """
    """
  static let afterTheTable = """
    """
  static let controlVariate = """
    """
  static let baselines = """
    """
  static let several = """
    """
  static let remember = """
    """
}
