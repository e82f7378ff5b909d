/// The prose, in reading order.
enum Prose {
  static let opening = """
    A lecture slide prints the divergence between two Gaussians. Its quadratic term has lost a \
    factor of one half. For two correlated laws in the plane that turns 1.754 into \
    3.202, and nothing crashes: the number is positive, it is zero when the laws agree, it grows \
    when they part. A network trained on it learns, only not what was meant. Three more slips of \
    the same kind were found in public code: a mean where a sum belongs, a constant where the \
    dimension belongs, a log with its sign turned.

    Each of the four passes some test that looks like a good one: equal laws, equal means, equal \
    covariances, one dimension. None passes the comparison with the expectation it stands for.
    """

  static let expectation = """
    The divergence of q from p says how much more, on average, an outcome of q surprises p than \
    it surprises q itself:

        KL(q‖p) = E_q[log q − log p] = Σ_z q(z) log q(z)/p(z)

    The expectation is under the first argument. Where q is zero nothing is paid; where p is \
    zero and q is not, the price is infinite. That asymmetry is not a defect: it is what makes \
    the two directions ask different questions.
    """

  static let closedForms = """
    For two laws of one exponential family the expectation can be taken with pencil and paper. \
    For normal laws every term stands under one common half:

        KL = ½ [ log|Σ_p|/|Σ_q| + tr(Σ_p⁻¹ Σ_q) + δᵀ Σ_p⁻¹ δ − d ],   δ = μ_q − μ_p

    The oracle below does not trust the formula. It takes the expectation of log q − log p at \
    three Gauss–Hermite nodes an axis, which is exact because the integrand is quadratic.
    """

  static let families = """
    The same pattern serves every exponential family: with log-partition A, natural parameters η \
    and mean parameters ∇A(η), the divergence is the gap between A and its tangent,

        KL(q‖p) = A(η_p) − A(η_q) − (η_p − η_q) · ∇A(η_q)

    which is never negative because A is convex: a tangent runs below its curve. In Jensen's \
    inequality it was a chord.
    """

  static let directions = """
    Two experts disagree: one says about 2, the other about 9. A single Poisson law cannot say \
    "either". Fitted by KL(p‖q), the inclusive direction that maximum likelihood uses, it takes \
    the mean, 4.8, a count that neither expert believes in, and the divergence that remains, \
    0.675 nats, is the price of having one mode. The exclusive direction, KL(q‖p), is the one a \
    variational bound minimises: it settles near the expert who says 2 and gives up the other.

    When the laws are close the choice hardly matters: both directions are the same quadratic \
    form to second order, and their ratio tends to one, linearly in the distance.
    """

  static let penalty = """
    In the bound, E_q[log p(x|z)] − KL(q‖p(z)), the divergence plays against the likelihood. \
    Give it a weight β and the best q is the prior times a tempered likelihood. Above one, q \
    stays nearer the prior and the bound is loose. Below one there is no bound any more: at the \
    posterior itself the objective exceeds log p(x).
    """

  static let closing = """
    - KL(q‖p) is an expectation under q. Name the arguments, for "from" and "to" are used both ways.
    - Sum over latents; do not average. Put the dimension where the dimension belongs.
    - A closed form is checked against its expectation, not against another closed form.
    - With weight one the divergence makes a bound; with any smaller weight it does not.
    """
}
