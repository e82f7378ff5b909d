/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    A hidden state moves, and something is seen at every step. A particle filter keeps N guesses of the \
    state. At each step every guess is moved, weighed by how well it explains what is seen, and the next guesses \
    are drawn from the heavy ones. The product of the mean weights is Ẑ, its estimate of p(x). Two states and \
    three observations are few enough to go through every run:
    """

  static let afterTheGivens = """
    In this section guesses move by the model's own p(z|z′); the tables q are for later. Averaged over \
    every run, with the probability of each:
    """

  static let afterTheTable = """
    With a single particle, which can be drawn away from the data and never come back, the mean of Ẑ is \
    p(x) = {evidence:5} to the last digit. So it is with two and with three. What is printed in practice is the \
    logarithm, and its mean is too low: {one-log:.3} for one particle, where log p(x) is {log-evidence:.3}. The filter \
    is worse off. One particle believes in state 0 with {one-filter:.3} on average, three with \
    {three-filter:.3}; the right number is {filter:.3}.

    Which averages of random weights can be trusted, and which only after N has grown? The lectures \
    name these methods and leave them there: Monte Carlo, Markov chains, particle filters, learned proposals, \
    the importance-weighted autoencoder. Here each is a program of random choices that is run over every outcome.
    """

  static let importance = """
    Monte Carlo replaces a sum over z by a mean over draws. Draws of p(z|x) would be best, and cannot be had; \
    draws of some q can. Importance sampling divides by what the draw was drawn from. A weight w(z) is p(x, z)/q(z), and the \
    mean of K weights is ŵ:
    """

  static let afterImportance = """
    The third line decides everything in practice: Σ_z p(x, z)²/q(z) explodes where q is small and p is not. \
    The best q is the posterior, and then one draw suffices. The fourth line is about ĥ, the weighted mean of h. It divides \
    by ŵ, which knows the same draws. So ĥ is biased for every K, by a covariance that falls like 1/K.
    """

  static let afterWeightPicture = """
    Once q is the posterior, going on makes it worse: a proposal should rather be too wide than too narrow.
    """

  static let rejection = """
    Weights can be avoided where the largest p(x|z) is known, or a ceiling C above it. Draw z from the prior, and keep \
    it with probability p(x|z)/C.
    """

  static let afterRejection = """
    What is kept is exactly from the posterior. The price is in the second line: of all draws only the share \
    {acceptance:.3} is kept here. It falls like p(x) itself, so that with many observations nothing is ever kept.
    """

  static let metropolis = """
    A chain does not start anew for each draw. From state i it proposes j with Q_ij, accepts with A_ij, and \
    otherwise stays. Let π_i be the probability that the chain ought to have; only g, which is π up to a factor, can be computed. \
    The acceptance is made so that as much flows from i to j as back:
    """

  static let afterMetropolis = """
    Detailed balance is enough for π to stay, and more than is needed, as the next section shows. How fast other \
    distributions come to π is told by the eigenvalues of T: the largest is 1, and what differs from π shrinks by the second at every \
    step. Here its modulus is {second-modulus:.4}.
    """

  static let gibbs = """
    With several variables, drawing one of them from its conditional is a proposal that is always accepted. \
    Two bits z₁ and z₂ are enough to see when that is slow. A sweep G draws z₁ given z₂ and then z₂ given z₁:
    """

  static let afterGibbs = """
    The bits of the example have the correlation ρ = {rho:.3}, so a sweep keeps {rho-squared:.3} of what it should forget. \
    The last line shows that a sweep is not in detailed balance: run backwards, it would draw z₂ first. Both \
    chains, on a scale where equal factors are equal steps:
    """

  static let afterMixing = """
    Two bits that nearly always agree are a trap: each is drawn given the other, and neither moves. The samples \
    look fine, one by one. What is wrong can only be seen between them.
    """

  static let filter = """
    Now the sequence. To draw a whole path and weigh it once is importance sampling, and its weights differ by a factor \
    that grows with every step. A particle filter resamples: before each step, every particle draws its ancestor i \
    with the normalised weight w̄_i, and starts again with weight 1. The tables q of the first section propose the moves.
    """

  static let afterFilter = """
    The fifth line holds for any q that is positive where it must be, and for any N. Resampling loses no \
    expectation, because particle i has N w̄_i children on average. Two runs are worth a warning. A run in which all weights are \
    zero has died out, and Ẑ = 0 belongs into the mean: dropping such runs, or starting them anew, makes \
    the rest too large. And where a run can die, E[log Ẑ] is −∞, whatever the other runs say.
    """

  static let proposals = """
    Any proposal has the right mean, so the question is how far Ẑ strays. The best that looks one step ahead is \
    p(z|z′, x_t): then the weight is p(x_t|z′) and does not depend on the new state. What knows every later \
    observation, p(z|z′, x), makes each run of one particle say p(x). Maneesh Sahani's lecture names networks that are trained to \
    propose; the smallest such network is a table of free logits, trained on the bound of one particle.
    """

  static let afterProposals = """
    The bound of one particle is an ELBO for whole paths, so training moves q towards p(z|z′, x), which is of \
    the same form. With two particles even that q leaves some spread: they are resampled by weights that \
    do not know the future. And p(z|z′, x_t) is the best for one step, not for the sequence: here the given q is slightly \
    ahead of it. While it learns, the bound rises from {learned-start:.3} to {learned-end:.3} in forty steps; log p(x) is {log-evidence:.3}.
    """

  static let thousand = """
    The same program with a sampler in the place of the enumeration, and a thousand particles. The state is now a \
    number z_t that wanders, z_t ~ N(a z_(t−1), v), seen as x_t ~ N(z_t, r). Kalman's filter is exact there, and stands \
    beside every number. To resample, one offset serves all particles (systematic resampling): the number of children keeps its mean \
    and varies less.
    """

  static let afterWalk = """
    The means agree to within the width of a line. log Ẑ needs more care, because its spread and its bias add up over time:
    """

  static let afterEvidence = """
    In the long run ten times as many particles make the spread about three times smaller, and the bias about ten times. \
    So few runs do not show the bias of the last row.
    """

  static let rising = """
    Back to one observation and K draws of q. The importance-weighted autoencoder of Burda, Grosse and Salakhutdinov (2016) \
    trains on L_K = E[log ŵ] in place of the ELBO, which is L_1. In the language of filters that is one step with K particles.
    """

  static let afterRising = """
    For the three states the bounds are {first-bound:.6}, {second-bound:.6}, {third-bound:.6}, {fourth-bound:.6} and {fifth-bound:.6}, \
    below log p(x) = {three-states:.6}.
    """

  static let afterRisingPicture = """
    A larger K forgives a worse q. That helps the model and may harm the recognition network, as a bound that is tight anyway \
    asks little of it (Rainforth and others 2018).
    """

  static let remember = """
    - Weights p/q have the mean p(x) whatever q is. What is divided by them, or put under a logarithm, is biased at every K and right as K grows.

    - A Markov kernel is a matrix. Metropolis makes it balance, Gibbs sampling makes it stationary, and the second eigenvalue says how long to wait.

    - A rejected proposal is a step at which the chain stays. A particle filter that died out says Ẑ = 0. Both belong into the mean.

    - A particle filter's Ẑ is unbiased with one particle and with any proposal. Its filter and its log Ẑ are not.

    - A proposal that looks at x_t takes the new state out of the weight; one that looks at all of x takes the chance out of a single path. Both can be learnt.
    """
}
