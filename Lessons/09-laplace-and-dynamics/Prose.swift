/// What is read of Gaussians at a mode, in the order of the page; the second half is in Prose+Switching.swift.
enum Prose {
  static let opening = """
    A posterior with one hump looks like a Gaussian, and two Gaussians offer themselves.
    """

  static let remember = """
    - Laplace's Gaussian sits at the mode and takes its width from the curvature there.
    """
}
