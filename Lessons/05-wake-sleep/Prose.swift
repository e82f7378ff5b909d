/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    A machine has learnt a model of binary pictures, and a second network that guesses the hidden \
    causes of a picture. The guess is poor. Wake-sleep, the algorithm of Hinton, Dayan, Frey and \
    Neal (1995), improves it asleep: the model dreams a picture together with its causes, and the \
    guessing network learns to name the causes. Nothing is simpler, and there is no gradient of an \
    expectation as in lesson 04.

    Does a sleep step make the ELBO larger? Here is a machine with one hidden unit. Its data are \
    drawn from the model itself, so that the model is perfect and only the guess, R and r, is \
    wrong:
    """

  static let afterTheHook = """
    The average ELBO is {elbo:.4}. A sleep step, taken in the mean over all dreams, so that there \
    is no noise, lowers it by {loss-of-one:.5} when it has size 1. A step as long along the ELBO's own \
    gradient raises it by {gain-of-one:.4}. The cosine between the sleep step and the gradient of the ELBO \
    is {cosine:+.4}: the two point away from each other. (At size 5 both are too long: then even the double \
    line below ends under its start.)
    """

  static let afterTheStep = """
    The step is no mistake. Something else falls: KL(p(z|x)‖q), averaged over dreams, goes from \
    {dreams-before:.4} to {dreams-one:.4} with size 1 and to {dreams-five:.4} with size 5. The ELBO is about \
    the other order, KL(q‖p(z|x)). The two are zero together, and on the way they may disagree. For short, \
    they are called KL(p‖q) and KL(q‖p) from here on. This lesson works out, for each phase, \
    what it changes on average: every step is a program of random flips that is run over all its \
    outcomes, and its mean is compared with the exact gradients of both divergences.
    """

  static let machine = """
    A Helmholtz machine has two networks of the same layers of binary units. The generative \
    network, with parameters θ, works from the top down: the top units are on independently, each \
    unit below is on with a probability that depends on the layer above. The recognition network, \
    with parameters φ, works from the pixels up, and its last layer is the top. For one hidden \
    layer:

        p(z_i=1) = σ(b_i),            p(x_j=1|z) = σ(c_j + Σ_i z_i W_ij)
        q(z_i=1|x) = σ(a_i),           a_i = r_i + Σ_j x_j R_ji
    """

  static let afterTheMachine = """
    Given the layer below it, the units of a recognition layer are independent. The posterior is \
    not like that: where two causes can both explain a pixel, either of them makes the other \
    less likely (lesson 02). What the guess costs is counted by the weight w(z) = p(x,z)/q(z|x) of \
    a draw. In this and the following sections a line without E_D is about one pattern, x = (1, 1), the first \
    of the data. Lists of eight numbers are b, W row by row, c; lists of six are R row by row, r:
    """

  static let awake = """
    Awake, the machine sees a pattern x. It draws z from q, and then θ changes so as to make what \
    was drawn, and x, more probable: each layer is predicted from the one above it. For a unit \
    with the probability σ(a), the slope of its log-probability by a is its state minus σ(a). \
    This is the delta rule. Now write it:
    """

  static let afterAwake = """
    So the wake phase climbs the ELBO, and no part of it is heuristic. What it climbs is still not \
    the likelihood. The cosine between the mean wake step and the gradient of log p(x) is \
    {one-cosine:.3} for the two lists above, x = (1, 1), and {wake-cosine:.3} when both are averaged over \
    the data.

    A public implementation, vadim0x60/wakesleep, had both of the errors that are easiest to make \
    here (its issue 1): the step was assigned to the weights in place of being added, and each \
    network was trained on the states that the other phase provides.
    """

  static let meansForStates = """
    Lecture L3, by Maneesh Sahani, first puts the means ẑ = σ(a) in the place of drawn states (erratum E-042), and \
    the next slide draws. With means there is no noise, and the rule is the same line of code. \
    What does it climb? Write F̂ for log p(x, ẑ) plus the entropy H(ẑ) of independent bits:
    """

  static let afterMeans = """
    F̂ is no bound. With one fair unit, W = 6 and c = −2, recognised as fair, it is \
    {means-value:.4} where log p(x) is {means-evidence:.4}. A rule that climbs it may improve a \
    number while the model gets worse. On the machine above:
    """

  static let asleep = """
    Asleep, the machine dreams: it draws z, then x, from the generative network. The causes of a \
    dream are known, so φ can be taught. Each recognition layer is predicted from the one below \
    it, by the same delta rule with the arrows turned round:
    """

  static let afterAsleep = """
    Two things are different from the ELBO, and they are different things. The order of p and q in \
    the divergence is one. The other is the set of pictures over which it is averaged: dreams, not \
    data. Early in training a machine dreams noise, and its recognition is then trained for noise.

    Lecture L3 prints the sleep rule as (z − f) ∇_φ f (erratum E-037). That is the gradient of a squared \
    error. The right rule has ∇_φ a in the place of ∇_φ f, with f = σ(a); the two differ by the \
    factor f (1 − f), another one for each unit and each dream:
    """

  static let afterAngles = """
    The printed rule is shorter by far, and it is turned: a little on two of the machines, and on \
    the first one so far that it points away from the right rule. In the last row, dreams are nearer to the \
    ELBO's gradient than data: which of the two differences costs more depends on the machine. With an unrestricted f both have \
    the same resting point, the mean of z given x; with a network they do not.
    """

  static let families = """
    Nothing here needs bits. Let q be any exponential family with statistics s(z), and let the \
    network put out its mean parameters f = E_q[s(z)]. Then log q = η·s(z) − A(η), with natural \
    parameters η that are a function of f, and the rule needs ∂η/∂f: the inverse of the \
    covariance of the statistics. For a bit that inverse is 1/(f (1 − f)), which was missing \
    above. Lecture L3 leaves it out in general too (E-038), and prints E_q[z] where E_q[s(z)] \
    is meant (E-039). A Gaussian with s(z) = (z, z²) shows what that does:
    """

  static let codes = """
    This section may be left out. One can go further than section 6 and keep no q at all. In the DDC Helmholtz machine of Vértes and Sahani \
    (2018) recognition puts out expected features t(x) ≈ E_p[T(z)|x], learnt asleep by least \
    squares. No normaliser is ever needed. Lecture L3 calls such families non-normalisable; \
    what is meant is a normaliser that nobody can compute (E-048), as a density without one does not \
    exist. Whatever is a combination α·T(z) of the features has its posterior mean read off, and what \
    is not, has not:
    """

  static let codesRead = """
    In the code `sleep` moves the code of a dream, `weights` fits a function by the features, and `mean` reads it off. \
    What the features do not span is answered as well, by the nearest function that they do, and nothing warns.
    """

  static let perfect = """
    Let the model be perfect: the data are its own p(x), so that no θ has a larger likelihood. Two \
    rare causes, either of which turns on the first pixel, and recognition that has slept for \
    ever, so that it rests at the lowest KL(p‖q) that a product of bits can have. Does the \
    machine rest?
    """

  static let afterPerfect = """
    It does not. The mean wake step has the length {wake-of-the-perfect:.4} and the gap to the bound is \
    {gap-of-the-perfect:.4}. It would be easy to blame sleep. But the chain says that the wake step is the \
    gradient of the ELBO, so a machine whose two networks both climb the ELBO leaves as well. Here \
    both are followed by their mean steps:
    """

  static let afterDeparture = """
    Wake-sleep rises to KL(D‖p) = {peak-of-sleep:3} · 10⁻⁴, and the ELBO to {peak-of-bound:3} · 10⁻⁴. Both \
    return nearly to zero, at another model with the same p(x), one whose posterior a product can nearly say. \
    That is what a restricted q does to learning, whichever of the two divergences trains it.
    """

  static let several = """
    If recognition is the weak part, let it guess K times and weigh the guesses by \
    w(z) = p(x,z)/q(z|x). Reweighted wake-sleep (Bornschein and Bengio 2015) trains both networks \
    awake, on weighted draws with weights that sum to one, w̄. It needs no dreams, and as K grows, both steps \
    become what one would like: the gradient of log p(x), and that of −KL(p‖q) at the data. \
    For finite K both are biased, and the bias is a number that can be computed:
    """

  static let shares = """
    In the code `bound` is L̂, and `average` is a mean with the weights w̄.
    """

  static let averages = """
    The second draw gives recognition a direction: settings that explain the pattern better \
    than q expected get more weight. How far the mean step is from the gradient, over all data, is the next question:
    """

  static let afterSeveral = """
    Averaged over the data, the bias of Δθ falls from {mild-bias-of-one:.3} for one draw, which is the wake \
    step, to {mild-bias-of-three:.3} for three. (For x = (1, 1) alone and two draws it is {one-bias:.3}, the \
    distance of the two lists in the last line.) On another machine, with larger weights, two draws have more \
    bias than one, {bias-of-two:.3} against {bias-of-one:.3}, although the bound that belongs to them is \
    tighter. “More draws, less bias” holds in the end and not at each step. This is the other, “steep”, machine:
    """

  static let learning = """
    Now a machine learns. Its data are bars: four by four pixels, horizontal bars or vertical ones, each on \
    with probability ½, so there are 30 patterns. One top unit, eight hidden ones. The hidden units \
    can be enumerated, so KL(D‖p) is exact after every round; independent pixels would have \
    {independent:.3}. The page learns for six rounds of 1000 steps, each with 16 patterns, as many dreams, and \
    a size of .3 that shrinks slowly. The pictures after the curve show data, dreams, and what each hidden \
    unit paints when it alone is on: after this short run most units switch pixels off, not on. \
    The long form is `lessons train 05/bars`.
    """

  static let plateau = """
    In the long runs that were made, the divergence falls further and then stays on a plateau more than half a \
    nat above zero. Is that a trap on the way? No: better machines exist, and wake-sleep leaves \
    them. Make one by hand: the top unit is the direction, each hidden unit paints one bar, with weights of 10 \
    and 12. It has KL(D‖p) = {hand:.2}. After six rounds of the same steps from there it is {hand-after:.2}, \
    near the plateau. \
    The full image does it: four bars across explain it, and four down explain it as well. Sleep \
    answers with the mean of both, every unit on with probability ½, and a product of bits then draws mixtures of the \
    two, which the wake step learns. It is the restricted q again, as with the perfect model above.
    """

  static let shifter = """
    The second task is the shifter: a row of four random bits, and below it the same row moved by one place to \
    the left or to the right, what falls out coming in at the other end. No pixel and no pair of pixels tells the direction; a cause has to connect the \
    two rows. The long form is `lessons train 05/shifter`.
    """

  static let remember = """
    Awake, z is drawn from q and θ follows ∇_θ log p(x,z). Its mean is the exact gradient of the \
    ELBO by θ. Means in the place of draws climb something that is no bound.

    Asleep, x and z are drawn from p and φ follows ∇_φ log q(z|x). Its mean is the gradient of \
    −KL(p‖q), averaged over dreams. It is not the gradient of the ELBO by φ and can point away from it.

    The delta rule has state − probability and no factor f (1 − f); in a general exponential \
    family with mean parameters the inverse covariance of the statistics stands there.

    A perfect model need not be at rest. That is so for every method with a bound and a q that \
    cannot be the posterior.

    Several weighted draws lead both networks towards what they should follow, with a bias that \
    vanishes in the limit and may rise on the way.
    """
}
