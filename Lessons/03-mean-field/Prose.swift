/// What is read between the exercises: the sprinkler.
enum Prose {
  static let hook = """
    The grass is wet. Did it rain, or was the sprinkler on? Four yes-or-no questions belong to \
    this small network: is it cloudy (C), was the sprinkler on (S), did it rain (R), is the grass \
    wet (W)? Clouds make rain more likely and the sprinkler less likely; either of the two wets \
    the grass. The numbers are those of Kevin Murphy's tutorial.
    """

  static let question = """
    Under Given, two numbers behind a bar are those for the parent at 0 and at 1. Clouds alone make     one cause speak against the other: P(R=1|S=1) = {rain-if-sprinkler:2}, and P(R=1) = {rain-before:2}.
    """

  static let asked = """
    We have seen W = 1. The exact answer is a sum over the eight settings of C, S and R: it \
    rained with probability {rain:.3}, and the sprinkler was on with probability {sprinkler:.3}. \
    Mean field, the method of this lesson, replaces the posterior by a product of one factor for \
    each question. A correct program for it gives these answers:
    """

  static let reported = """
    The first row of mean field says that it rained for certain. A user of the library BayesPy \
    reported this as a wrong answer (issue #94). The answer is wrong, but the program did what mean field is \
    defined to do. This lesson explains how that can be: first what went wrong, then how the \
    climb works, then what any product of factors must lose.
    """

  static let zero = """
    The cause is one entry of one table: without sprinkler and without rain the grass is dry for \
    certain, P(W=1|S=0, R=0) = 0. The ELBO contains E_q[log p(x, z)], and the logarithm of zero \
    is −∞. A product q that gives both "no sprinkler" and "no rain" a positive probability gives \
    a positive probability to both together, and then its ELBO is −∞. So one of the two causes \
    must become certain. Mean field cannot say "one or the other". It must say which one.

    Which one it says depends on what is updated first. From uniform factors the first of the \
    two that is asked becomes certain, because the other one is still open. (If cloudy is asked \
    first, both its values have −∞, and it stays as it is.) Both ends are fixed points, that is, \
    no update changes them any more. Their bounds, {higher:+.3} and {lower:+.3}, tell which of \
    the two is better. They do not tell that both are wrong: for that one must know \
    log p(W=1) = {evidence:+.3}.
    """

  static let unlikely = """
    Is the zero guilty of everything? Let the grass be wet for no reason with a small \
    probability ε, that is, P(W=1|S=0, R=0) = ε, and run both climbs again:
    """

  static let guilt = """
    Two things must be kept apart. The choice by the start needs a zero, or nearly a zero: at \
    ε = .02 all 54 starts end at one fixed point. Below that the details of the climb decide. At \
    ε = {small:.3} a climb that begins with the sprinkler ends at q(R=1) = {library-order:3} if sweeps \
    go cloudy, sprinkler, rain, as in the table, and at {other-order:3} if they go sprinkler, rain, \
    cloudy.

    The overconfidence does not need a zero. At ε = .3 there is one fixed point only, and it says \
    {soft-field:3} where the truth is {soft-rain:3}, because the two causes are \
    dependent given wet grass (through the clouds, and through the grass), and a product cannot say \
    so. From here on ε = .01; the one exception is a picture in section 4.
    """

  static let idea = """
    Write the open questions as z = (z₁, z₂, z₃) = (C, S, R) and what was seen as x, here W = 1. \
    Mean field is the family of products q(z) = Π_j q_j(z_j). Look at the bound as a function of \
    one factor q_j while the others stand still. The best one is called its target:

        q̃_j(z_j) = exp E_{i≠j}[log p(x, z)] / Z̃

    In words: average the log joint over what the other factors believe, take exp, normalise. \
    Below, rain is to be updated (j = 3). The eight numbers p(x, z) stand in four rows, for \
    C, S = 00, 01, 10 and 11; in each row R is 0 and then 1. A factor is written as the \
    probability of 0 and then that of 1.

    By hand: with q_1 = (.5, .5) and q_2 = (.6, .4) the four rows have the weights .3, .2, .3 and .2. \
    The averages for R = 0 and R = 1, and the target after exp and normalising, are

        R = 0   .3 log .002 + .2 log .18 + .3 log .0009 + .2 log .009 = {hand-dry:+.3}
        R = 1   .3 log .045 + .2 log .0495 + .3 log .324 + .2 log .0396 = {hand-rain:+.3}
        q̃_3 = ({target-dry:2}, {target-rain:3}),   log Z̃ = {log-normaliser:+.3}

    With the \
    entropies of q_1 and q_2 this is the last number of the chain:
    """

  static let ideaCode = """
    Inside is the average. It is a sum over the states of the others, whatever the model is, so \
    it needs a list of states and nothing else:
    """

  static let afterUpdate = """
    Lecture 2, by Sharad Vikram, says that the bound is minimised at q_j = q̃_j (erratum E-025). The \
    divergence is; the bound is largest there, because it contains the divergence with a minus \
    sign. The target does not depend on the present q_j. So one update is enough until another \
    factor changes. The same lecture says that this works for conjugate-exponential models only, \
    those in which exp of the average has a formula of its own (erratum E-030). Such a formula is \
    short, but it is not needed: the average is a finite sum.
    """

  static let sweepProse = """
    Coordinate ascent updates one factor after another, each from the newest values of the \
    others. One round is called a sweep. Let q⁰ be the factors before a sweep and q¹ those after \
    it. The chain begins with log p(x) and takes away what is not yet reached:
    """

  static let sweepUse = """
    This gives the cheapest test there is for such a program: print the ELBO after every update, \
    and stop with an error if it falls by more than rounding. It tests the update and the bound \
    together. The line with σ is the end of a climb by hand: if q_1 = q_2 = q and neither moves any \
    more, then q has log-odds (2q − 1) log 49, and this equation has a solution on either side of ½.
    """

  static let parallel = """
    One careless line loses the guarantee: if all factors are updated at once, each sees old \
    values of the others. The picture shows two bits that agree with probability .98, so that \
    the bound has two hills:
    """

  static let choose = """
    Which factor is updated next is your choice. Here is the bound as a landscape over two of \
    the sprinkler's factors, with the two climbs on it, and then the climb for you to choose. Here \
    ε = 10⁻³, because at .01 the second hill is too flat to be seen:
    """

  static let ellipse = """
    The picture shows the posterior of such a pair and its best product: right in the middle, \
    and too narrow.
    """

  static let losing = """
    Whatever q is, its ELBO and its divergence from the posterior add up to log p(x). So \
    maximising the one is minimising the other, in any family. If the family contains the \
    posterior, the gap closes. Two bits are enough to see it: sum out the cloud, and let z₁ be \
    the sprinkler and z₂ the rain in this section. p(x, z) has a row for each z₁ and a column for each \
    z₂. The family q₁(z₁) q₂(z₂|z₁) contains every distribution of \
    two bits. The family of products does not. In the chain q is the product that is given, and \
    max is over all products:
    """

  static let coupling = """
    The gap of the best product is {pair-product-gap:3} here, and was {cloud-gap:3} in section 2: with the \
    cloud summed out there is one factor less that must be independent of the others.

    Why are latents dependent once x is seen? Lecture 4, by Wilker Aziz, says: because all states \
    share the normaliser p(x) (erratum E-055). That is not the reason. With a likelihood f(z₁) g(z₂) \
    they share it too, and causes that were independent before stay independent. The reason is that \
    p(x|z) looks at both causes at once. If we learn that it rained, the sprinkler becomes less \
    likely, because rain explains the wet grass: this is called explaining away. The check shows it \
    without clouds, for causes that are independent beforehand and have the same marginals. Their \
    covariance becomes {grass-covariance:+.3}: the grass alone does this. With the clouds it is \
    {lawn-covariance:+.3}.
    """

  static let shadows = """
    Here is the posterior of sprinkler and rain, beside the best product and beside the product \
    that is best in the other direction of the divergence:
    """

  static let widths = """
    What does a product lose? First, all covariance, by construction. Second, the width of its \
    factors. This is seen best with two Gaussian latents z₁ and z₂. The log of their posterior \
    is a parabola in each of them; Λ is the inverse of their covariance matrix. Neither the mean nor the \
    variance of the other factor enters:
    """

  static let widthNumbers = """
    With correlation .9 a variance of 1 becomes {narrow:2}, less than a fifth, and the gap is \
    {pair-gap:.2}. The reason is that KL(q‖p) is large where q puts probability and p has little, \
    so q draws back into the narrow middle of p. Third, a strong correlation takes the marginals \
    themselves away:
    """

  static let otherDirection = """
    Where the bits agree with probability .7 the marginal is nearly right. As they agree more \
    often, q drifts to the commoner answer, and in the last row it is all but sure of it, where \
    the truth is near one half. The opposite direction, KL(p‖q), keeps the \
    marginals exactly. But to minimise it one needs the posterior, which is what we do not have.
    """
}
