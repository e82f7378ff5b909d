/// What is read between the exercises: the sprinkler.
enum Prose {
  static let hook = """
    The grass is wet. Did it rain, or was the sprinkler on? Four yes-or-no questions belong to \
    this small network: is it cloudy (C), was the sprinkler on (S), did it rain (R), is the grass \
    wet (W)? Clouds make rain more likely and the sprinkler less likely; either of the two wets \
    the grass. The numbers are those of Kevin Murphy's tutorial.
    """

  static let question = """
    Under Given, two numbers behind a bar are those for the parent at 0 and at 1. Clouds alone \
    make one cause speak against the other: P(R=1|S=1) = {rain-if-sprinkler:2}, where P(R=1) = \
    {rain-before:2}. Once the grass is known to be wet, one cause speaks against the other more \
    strongly: P(R=1|W=1) = {rain:.3}, and P(R=1|W=1, S=1) = {rain-if-both:.3}.
    """

  static let asked = """
    We have seen W = 1. The exact answer is a sum over the eight settings of C, S and R: it rained \
    with probability {rain:.3}, and the sprinkler was on with probability {sprinkler:.3}. Mean \
    field, the method of this lesson, replaces the posterior by a product of one factor for each \
    question, and updates one factor after the other. A correct program for it gives these \
    answers:
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
    Two things must be kept apart. The choice by the start needs a zero, or nearly a zero: at ε = \
    .02 all 54 climbs end at one place. At ε = {small:.3} there are two ends, and details of the \
    climb choose: a climb that begins with the sprinkler ends at q(R=1) = {library-order:3} if \
    sweeps go cloudy, sprinkler, rain, as in the table, and at {other-order:3} if they go \
    sprinkler, rain, cloudy.

    The overconfidence does not need a zero. At ε = .3 all 54 climbs end at one place, and it says \
    {soft-field:.3} where the truth is {soft-rain:.3}. Two dependences are lost. Rain and \
    sprinkler speak against each other given wet grass; and rain goes with clouds. If the cloud is \
    summed out first, so that only sprinkler and rain are factors, q(R=1) is {soft-pair:.3}, and \
    the gap falls from {soft-gap:.3} to {soft-pair-gap:.3}. So most of the excess comes with the \
    cloud: two factors that agree make each other sure. Sections 5 and 6 take the two dependences \
    one at a time. From here on ε = .01; the one exception is a picture in section 4.
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
    Lecture L2, by Sharad Vikram, says on its slides “Optimizing a single factor” that the bound is \
    minimised at q_j = q̃_j (erratum E-025). The divergence is; the bound is largest there, \
    because it contains the divergence with a minus sign. The target does not depend on the \
    present q_j. So one update is enough until another factor changes.

    The average is over the other factors, and not at their likeliest states. Lecture L0 alternates \
    between q(z) “based on known discrete states” and q of these states (its last slide “(P)SLDS \
    Model Fitting”). If the likelier state is taken as known, the update may lower the bound; the \
    numbers are at the end of the lesson, under E-007.
    """

  static let sweepProse = """
    Coordinate ascent updates one factor after another, each from the newest values of the others. \
    One round is called a sweep. Let q⁰ be the factors before a sweep and q¹ those after it. The \
    chain begins with log p(x) and takes away what is not yet reached.

    The last line below it is about a smaller model, two bits that agree with probability .98: \
    p(x, z) is .49 for 00 and for 11, and .01 for 01 and for 10. The 49 in it is .49/.01. By \
    symmetry both factors end at the same q, and the target of one is σ(log 49 · (2q − 1)):
    """

  static let sweepUse = """
    This gives the cheapest test there is for such a program: print the ELBO after every update, \
    and stop with an error if it falls by more than rounding. The model cannot be to blame then, \
    because the chain asks nothing of it but finitely many states: the update is wrong, or the \
    bound, or several factors were set at once. The last line is the end of a climb by hand: q has \
    log-odds (2q − 1) log 49, and climbs end at the solution above ½ or at the one below it. At ½ \
    itself, a third solution, no climb ends that starts elsewhere.
    """

  static let parallel = """
    One careless line loses the guarantee: if all factors are updated at once, each sees old \
    values of the others. The picture shows it for the same two bits, whose bound has two hills:
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
    maximising the one is minimising the other, in any family, as long as the model stands still. \
    (If its parameters are learned with the ELBO, the bound prefers models with a small gap: \
    erratum E-065.) If the family contains the posterior, the gap closes.

    Two bits are enough to see it: sum out the cloud, and let z₁ be the sprinkler and z₂ the rain \
    in this section. p(x, z) has a row for each z₁ and a column for each z₂; each number is the \
    sum of two numbers of section 3, one for C = 0 and one for C = 1. The family q₁(z₁) q₂(z₂|z₁) \
    contains every distribution of two bits. The family of products does not. In the chain q is \
    the product of q_1 and q_2 under Given. max is over all products; its number is the highest \
    end of five climbs, and the check finds it again from the roots of one equation:
    """

  static let coupling = """
    The gap of the best product is {pair-product-gap:3} here, and was {cloud-gap:3} in section 2: \
    with the cloud summed out there is one factor less that must be independent of the others.

    Why are latents dependent once x is seen? Lecture L4, by Wilker Aziz, says on its slide \
    “Overview”: because the posterior of every z depends on p(x, z) of all z through p(x) (erratum \
    E-055). That is not the reason. With a likelihood f(z₁) g(z₂) they share p(x) too, and causes \
    that were independent before stay independent. The reason is that p(x|z) looks at both causes \
    at once. If we learn that it rained, the sprinkler becomes less likely, because rain explains \
    the wet grass: this is called explaining away.

    The last check shows it without clouds, for causes that are independent beforehand and keep \
    the marginals of sprinkler and rain, .3 and .5. Their covariance becomes \
    {grass-covariance:+.3}: the grass alone does this. With the clouds it is \
    {lawn-covariance:+.3}.
    """

  static let shadows = """
    Here is the posterior of sprinkler and rain, beside the best product and beside the product \
    that is best in the other direction of the divergence:
    """

  static let widths = """
    What does a product lose? First, all covariance, by construction. Second, width. This is seen \
    best with two Gaussian latents z₁ and z₂. The log of their posterior is a parabola in each of \
    them; Λ is the inverse of their covariance matrix. The other factor moves the parabola of z₁ \
    and does not change its width:
    """

  static let widthNumbers = """
    With correlation .9 a variance of 1 becomes {narrow:2}, less than a fifth, and the gap is \
    {pair-gap:.2}. The reason is that KL(q‖p) is large where q puts probability and p has little, \
    so q draws back into the narrow middle of p.

    Two Gaussians keep their means. Bits do not: third, a strong correlation takes the means away, \
    too. The mean of a bit is P(z=1). Below, z₁ and z₂ are two bits; where they agree, 00 comes \
    with weight .45 and 11 with .55, and 01 and 10 share the rest equally:
    """

  static let otherDirection = """
    Where the bits agree with probability .7 the mean is nearly right. As they agree more often, q \
    drifts to the commoner answer, and in the last row it is all but sure of it, where the truth \
    is near one half. Rain and clouds in section 2 are such a pair. The opposite \
    direction, KL(p‖q), keeps the marginals exactly. But to minimise it one needs the posterior, \
    which is what we do not have.
    """

  static let narrowed = """
    So the factor of z₁ is as narrow as if z₂ were known, although q₂ says that z₂ is not known. \
    An average of parabolas that are equally wide and stand at different places is one more \
    parabola of that width.
    """

  static let conjugacy = """
    Lecture L2 says on its slides “Monte-Carlo approach” that coordinate ascent only works on \
    conjugate-exponential models, those in which exp of the average has a formula of its own \
    (erratum E-030). Such a formula is short, but it is not needed: the average is a finite sum.
    """
}
