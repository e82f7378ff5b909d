/// What is read of slopes, sums, couplings and biases.
extension Prose {
  static let taylor = """
    A baseline is a number. A control variate that follows f can do more, and the simplest one is a straight line: the tangent \
    h of f at p, the point between the states that is the mean of z. Its own part of the gradient is known, since \
    E_q[h(z) s_d] = p_d (1 − p_d) ∂_d f(p). So it is taken away from f, and this is added. The estimator is MuProp, of Gu and others \
    (2016). For f a small network with two bits:
    """

  static let taylorMeaning = """
    What is gained is what the tangent knows. Where f bends between the states, or where f(p) is far from both ends, it knows \
    little, and can be worse than nothing: on problem B of the hook it is. The line for one bit shows why. Where f bends one way, \
    f(0) − h(0) and f(1) − h(1) have the same sign, and they are added.
    """

  static let afterTaylor = """
    A tangent is one way to make f smooth. REBAR (Tucker and others 2017) softens the bit. A bit is made from a number ζ that moves \
    with its log odds, by asking whether ζ > 0; the sigmoid of ζ/τ is a soft answer y to the same question. h(y) with h = f is a \
    control variate that is nearly f(z), if τ is small. Its gradient is not known in closed form, but it has a \
    pathwise estimate. One more thing is needed: h must be correlated with f(z) where the score multiplies it, so its number \
    ζ̃ is drawn given z.
    """

  static let afterRelaxedControl = """
    Three slopes of one soft function, and nothing of it is left on average. Nothing in the chain asked for h = f. RELAX \
    (Grathwohl and others 2018) takes a network in its place and trains it for low variance. Code goes wrong most easily \
    where ζ̃ moves with the log odds: it does so more slowly than ζ, and not at all at the threshold.

    Whether ζ̃ may be ζ itself is left open by the chain: the mean is the same. The authors tie both to one noise.
    """

  static let afterShare = """
    On this bit tying them costs variance: {rebar-tied:3} against {rebar-free:3} at η = 1, and {plain:3} if nothing is subtracted. \
    The best share is about {best-share:2}, as h(y) hardly follows f(z) s here. Add ½ to f, and the same numbers are {shifted-tied:3}, \
    {shifted-free:3} and {shifted-plain:3}: a control made of f takes every constant with it, as a baseline would. No share is best everywhere, so \
    it is learnt during training, as RELAX learns its whole h.
    """

  static let sums = """
    The best draw is one that need not be made. A sum over all states is out of reach when there are many, but often a few of \
    them have nearly all of the probability. Here z is one of four states. Those in A are summed, one of the rest R is drawn, and what \
    it says counts for all of R. Liu and others (2019) call it Rao–Blackwellisation. Lecture L4, by Wilker Aziz, names \
    it among the remedies:
    """

  static let sumAndSampleMeaning = """
    The variance carries q(R)², so with nine tenths summed a hundredth of the spread in R is left.
    """

  static let afterSumAndSample = """
    To sum the probable states makes q(R) small. But the other factor of the variance is how much the states of R differ, and in this example the rarest state has the largest f:
    """

  static let onePart = """
    Here it would have been better to sum the rare states. The probable ones are the choice of someone who knows q and not yet f.

    Bits can be summed one at a time, the others as they were drawn. That is the local expectation gradient of Titsias and Lázaro-Gredilla \
    (2015), which lesson 04 used. In a chain of two bits, where the first pulls the second, there are two ways to switch the \
    first bit: to keep the second as it is and weigh both values by p(z_1|z_2), or to run the rest of the chain again, on the \
    same noise (Tokui and Sato 2017).
    """

  static let afterSums = """
    For independent bits both ways are the same estimator, and it has a third name in the next section. In this chain \
    their total variances are {local:3} and {same-noise:3}. The unordered set (Kool and others 2020) is a sum over something else, \
    over the orders in which two different states could have been drawn. Its built-in baseline leaves the mean as it is, and here it \
    changes the variance from {set:3} to {set-baseline:3}. A baseline that is right on average can do that.
    """

  static let couplings = """
    The slope of E_q[f] by the log odds of a bit is a difference: f with the bit on, less f with the bit off. Nobody says that both values must come \
    from one draw of the others. What two evaluations share is a choice, and each of the following estimators \
    makes it in another way. The first chain is about jumps, the second about mirrored uniforms. Neither asks f for anything but values.
    """

  static let couplingsMeaning = """
    The first consequence says when to share: if f(z_d = 1) and f(z_d = 0) rise and fall together as the other bits change, \
    their difference varies less at one draw than at two. If bit d turns the effect of the others round, two draws are better.
    """

  static let afterCouplings = """
    ARM (Yin and Zhou 2019) starts with an estimator that is always worse than the score function and ends with one that is mostly \
    better. All of that comes from the mirror. DisARM (Dong, Mnih and Tucker 2020; the same was found by Yin and others as U2G) then takes \
    away the scatter that u never needed.
    """

  static let afterCouplingPicture = """
    A difference quotient on common noise looks only where a bit jumps. As ε falls its bias falls as ε², and its variance rises as 1/ε; with a noise of its own for \
    either side it rises as 1/ε². This is why estimators of jumps put the rare event in by hand, with its probability in front.
    """

  static let biased = """
    Values of f at two states cost two evaluations a bit. A slope of f is cheaper, as one backward pass gives all of them. But f was only ever asked \
    for at 0 and 1, and its slope there says what f would do if half a bit were possible. So the bias of the following estimators \
    is a property of how f is written, not of its values. A cubic is enough to see each of them:
    """

  static let slopesMeaning = """
    Straight-through (Bengio and others 2013) is exact for squares at p = ½ and for cubes at p = ⅓, which are the two points at which it \
    should not be tested. ReinMax (Liu and others 2023) is exact for every square; its authors derive it from Heun's rule, and Arya \
    and others (2022) had come to the same random number from jumps. A temperature other than 1 takes that away again: for \
    f = (z − 0.45)² and θ = −1 its mean at τ = 1.5 is {reinmax-warm:+.4}, where the slope is {slope:+.4}.
    """

  static let afterSlopes = """
    Written as (z − 0.45)², straight-through has the mean {through-square:+.4}. Written as a table of its two values, the same f has the mean \
    {through-table:+.4}.

    Gumbel-softmax (Jang and others 2017; Maddison and others 2017) has the right gradient of the wrong mean. A small temperature \
    should make it right, and a larger one smoother. On the way from one to the other the mean does this:
    """

  static let afterTemperature = """
    Between them lies a change of sign. At τ = ½ the mean step is {soft-half:+.4}: it goes down where E_q[f] goes up. \
    As τ falls the bias goes, and the variance grows: {soft-half-variance:3} at τ = ½, {soft-eighth-variance:3} at τ = ⅛. At θ = 0 \
    this could not have been seen, as there all of these means have the right sign.
    """
}
