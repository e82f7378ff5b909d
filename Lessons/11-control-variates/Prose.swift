/// What is read of baselines and of bounds, in the order of the page; what stands between them is in Prose+Programs.swift.
enum Prose {
  static let opening = """
    A bit that was drawn cannot be differentiated. The score function does without: f(z) times s(z) has the mean \
    ∇E_q[f], whatever f is. It is also noisy, and many people have had an idea how to make it less so. Here are two \
    small problems, of two bits each, and two of these ideas. Problem A is log p(x, z) of a document with \
    f = log p(x, z) − log q(z); problem B is f(z) = (z₁ − .45)² + (z₂ − .4)².
    """

  static let afterTheGivens = """
    One idea subtracts f at the likeliest bits from every signal. The other subtracts the tangent of f at the means p, \
    and adds back what the tangent would have given:
    """

  static let afterTheTable = """
    On A the tangent is a triumph: {tangent-a:3} in the place of {plain-a:3}. The likeliest bits make it {critic-a:3}, \
    three times as bad as nothing. On B it is the other way round: the likeliest bits divide the variance by \
    {critic-gain:.0}, and the tangent makes it {tangent-loss:2} times as large. Every number of the table is right, and none of them says which \
    estimator is better.

    So the question of this lesson is not which one to take. It is what each one subtracts or replaces, what \
    it costs, and on what problems it helps. Some seventy estimators of the library can be run over every outcome; \
    the lesson takes the ideas behind them one by one.
    """

  static let controlVariate = """
    Leave gradients for a moment. A mean E[f] is wanted, and draws of f are to be had. Something else, h, is drawn with it, \
    and its mean E[h] is known. If h is large when f is large, then a draw with a large h was probably too large: \
    subtract c times what h has too much. Such an h is a control variate. Let ρ be its correlation with f:
    """

  static let afterControlVariate = """
    The best c leaves 1 − ρ² of the variance. Here ρ² is {rho-squared:3}. A wrong c costs in two cases: \
    with the wrong sign always, with the right one beyond twice the best c. The last line is for those who estimate c. \
    With ĉ from the same three draws the mean moves by {fitted-bias:+2}. A ĉ from other draws costs nothing.
    """

  static let baselines = """
    A score has the mean zero, so any number times s is a control variate for f s. That number is called a baseline. \
    One number c̄ for all components, or a number c_d for each, can be computed where all states can be listed. \
    Two that need no list: m, the likeliest state, whose f(m) is the baseline of self-critical training; and \
    the signal of another draw.
    """

  static let afterBaselines = """
    For the document c̄ = {best-constant:3}, the mean E[f] is {mean-signal:3}, and f(m) is {mode-signal:3}. All three are \
    unbiased; how good they are is a matter of distance from c̄, and zero is one more candidate:
    """

  static let afterParabola = """
    The parabola says when a critic harms: when its number is further from c̄ than 0 is. Nothing about f(m) prevents that. \
    With another draw for the baseline, as in leave-one-out, the distance is random. Its price is in the last consequence: Var[f] Var[s] \
    and a square, divided by the number of other draws. It is paid for not knowing E[f].
    """

  static let shift = """
    A number added to f changes no gradient. It is a good test of an estimator, because a plain one feels it:
    """

  static let afterShift = """
    The flat line belongs to an estimator that moves with f, as it subtracts another signal. The two others have their best \
    place by accident. An antithetic pair depends on the constant too, because its two halves cancel only in part.

    Baselines also remember: a running mean is unbiased if it is used before it takes in its batch (lesson 04). \
    In reinforcement learning draws are even older. Proximal policy optimisation draws from the law r of the round before, weighs \
    with ω = q/r, and stops where ω has moved further than e from 1 in the direction that pays:
    """

  static let afterClipped = """
    At the old law it is the policy gradient, as the lecture's reference says. One step later it is not: the states that are \
    left out are missing from the mean, here {clipped-states:.0} of four. It is a brake on how far a step goes, and no control variate.
    """

  static let several = """
    Now K draws stand in one bound, L = log (1/K) Σ_k w_k with w = p(x, z)/q(z). Its score function is Σ_k (L − v_k) s_k, \
    where v_k is the share of draw k in Σ w. The first term gives all K scores the same signal, so it is the noise \
    of K draws. VIMCO gives each draw a baseline L^(k) of its own: L with the mean of the other log w in the place of log w_k.
    """

  static let afterSeveral = """
    The first consequence shows a baseline that knows too much. OVIS has, with γ = 1, a c_k that is close to the best for a large K. But it holds v_k, and the \
    mean is the bound's gradient plus a wake phase. At K = 3 its first number is {ovis:3} where {bound:3} is right. \
    The sleep phase needs no signal at all. It draws z from the posterior, by dreams of the model, and pays with another target, the divergence turned round.

    How the variance goes with K:
    """

  static let afterSeveralPicture = """
    More draws make the bound tighter and its plain gradient noisier: the signal L gets sharper, but K scores carry it. With a baseline for each draw the \
    variance falls.
    """

  static let ranking = """
    Here are ten unbiased estimators on three problems: one bit with a square, the document, and three bits behind two tanh \
    units. All are run over every outcome, with as few draws as each can do with:
    """

  static let wholeZoo = """
    Some variances are zero: for one bit the best constant and all that sums over it, and the tangent for what \
    is linear. No other column of the table has a zero. And the places change: the tangent, muprop, is number {tangent-first:.0} in the first column \
    and number {tangent-second:.0} in the second.

    What the lesson has no room for is held against formulas all the same. These lines run every other estimator of the \
    library on the lesson's problems:
    """

  static let remember = """
    - A control variate subtracts something whose mean is known, and adds that mean back. It leaves 1 − ρ² at the best coefficient, and can harm at any other.

    - A baseline may be anything that does not know its own draw. What knows it, a batch mean or a ĉ of the same draws, moves the mean.

    - A constant added to f changes no gradient. An estimator whose variance changes with it has something to gain from a baseline.

    - Unbiased is a property of the estimator. Low variance is one of the estimator and the problem together: measure it on yours.

    - What is clipped, normalised or relaxed aims at something else. Say at what, and by how much it misses.

    `lessons zoo` has every estimator on these problems, and `lessons zoo FILE` takes yours.
    """
}
