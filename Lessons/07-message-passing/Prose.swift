/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    Somebody fits a mixture of two Gaussians by coordinate ascent, the method of lesson 03, and asks: my \
    ELBO does not move at all, is that a bug? Somebody else's ELBO rises, and stops seven tenths of a nat \
    below the evidence. Is that one? With four numbers and two components both questions can be answered, \
    since log p(x) itself is known: it is a sum over the Kᴺ = 16 ways to give each number to a component.
    """

  static let afterTheGroups = """
    The components have the same prior. The responsibilities r_nk = q(z_n = k) must begin somewhere; one \
    run begins with one half everywhere, the other changes the first row to (.51, .49):
    """

  static let afterTheFlat = """
    The first run stays at {flat-elbo:.4} for ever. This is no bug: what treats both components alike \
    can never tell them apart, and one half is a fixed point. The second run leaves it and ends at \
    {climbed-elbo:.4}. It misses log p(x) = {evidence:.4} by {gap:.4}, which is log 2 + {gap-beyond:.4}. \
    That is no bug either, and the fourth section says why.

    The model has global nodes, π and one θ_k = (μ_k, Σ_k) for each component, and a local node z_n for \
    each datum:
    """

  static let families = """
    Lesson 01 used that a divergence within one family is a gap of its log-partition A. Here a family is \
    a value with four faces: its natural parameters η, its statistics t(x), A(η), and the map from η to \
    the expected statistics E[t(x)], with its inverse. The chain holds for nine families at once, \
    the Gaussian in two dimensions, the Wishart and its inverse among them. Each is given by a member with η, one with η′, and a point x:
    """

  static let familySlopes = """
    A slope is not taken by small differences: it is integrated along the straight line from η to η′. \
    Where a line has many numbers, they come in the order of the list above:
    """

  static let afterFamilies = """
    A family is exponential if a fixed number of statistics does for all its parameters. Two folded checks \
    test it on a table of log p(x_i|θ_j) from which the first row and the first column were subtracted: for \
    N(θ, 1 + .3 θ²) its rank is that of two statistics, for a Cauchy distribution it is higher.
    """

  static let conjugacy = """
    A likelihood is conjugate to a prior if its logarithm is linear in the prior's statistics T(θ). Then \
    Bayes' rule only adds: each observation adds t(x) to η. The posterior stays in the family and the \
    evidence is a difference of two log-partitions. The first two lines are about vectors with unknown \
    mean and covariance, the third is about labels with unknown weights. Below the \
    chain stand a pair with x unknown and y seen, and the weight of a mixture:
    """

  static let afterConjugacy = """
    Lecture L2, by Sharad Vikram, calls a pair conjugate when p(x|y) is of the family of p(x), and gives normal with normal \
    as an example (erratum E-027). The word needs a family that is fixed beforehand, since within all \
    distributions every pair would do; and normal with normal needs a mean that is linear in x and a known \
    variance. With y|x ~ N(x², 1) and y = 3 the posterior has two modes and a kurtosis of {kurtosis:.4}.

    It also gives Dirichlet with multinomial inside a mixture (E-028). That holds as long as the labels \
    are seen. Given x alone the posterior of π is a mixture of Kᴺ Dirichlet distributions, whose third \
    moment {third:.6} is not the {third-matched:.6} of the one that has its first two.
    """

  static let mixture = """
    So exact inference in a mixture is conjugate for each assignment z and needs all of them. Mean field \
    makes do with one round: q(π) Π q(θ_k) Π q(z_n). Each factor has a best value while the others stay, \
    and because the model is conjugate, the best value is a sum again, with r_nk as fractional counts. The \
    gain of an update is a divergence.

    Here q(π) and q(θ) begin badly on purpose: they are the best factors \
    for r with its two columns exchanged. Every line below starts from this q and this r, and none from the \
    line above it. The last line visits all Kᴺ assignments and holds for any q:
    """

  static let conjugacyBuys = """
    Lecture L2 says that coordinate ascent only works on conjugate-exponential models (E-030, lesson 03). \
    Conjugacy buys the short formula only: a folded check updates a factor of a table without any \
    structure, and the bound gains KL(q‖q̂) there as well.
    """

  static let ledger = """
    The bound has seven terms, and an update can move only those in which its factor stands. A ledger \
    shows which did. This is where to look when a program's bound does something strange: a term that \
    moves although it cannot, or a sum that falls by more than rounding, is a bug. A single \
    term that falls is not. The ledger begins at q̂(π) q̂(θ) and r, where the second line of the chain \
    ended, and goes on from row to row:
    """

  static let labels = """
    Now the seven tenths of a nat. Swapping the names of two components changes nothing in the model, so \
    the posterior has K! equal parts. Once the groups are apart, q settles in one of them, because a \
    product of factors cannot hold both. What it gives away is log K!, in addition to what factorising \
    costs within that part. The table takes the four numbers of the first section, −.3, .4, −.2 and .5 \
    beside the centres of their groups, and moves the centres:
    """

  static let messages = """
    A sweep need not know that the model is a mixture. Write the logarithm of each factor of the joint \
    distribution as a polynomial in the statistics of its nodes, in which no term has a node twice. Then \
    the mean of log p is the polynomial of the mean statistics, and its slope by the statistics of one \
    node is what must be added to get that node's best natural parameters. Each factor contributes its \
    part, a message. A parent tells its child what it expects; a child tells its parent what is left of \
    its own statistics when its other parents have been heard. The example is a chain of four numbers, \
    x_0 ~ N(0, 1) and x_t ~ N(a x_{t−1}, 1/τ), each seen with noise, y_t ~ N(x_t, 1/u):
    """

  static let afterMessages = """
    An update of q(x_1) alone raises the ELBO from {chain-before:.4} to {chain-after:.4}; at the end, when \
    nothing moves, it is {chain-end:.4}, still below log p(y) = {chain-evidence:.4}.

    In the formula of lecture L2 for the message of a child X to its parent Y the co-parents are those of Y \
    (E-034). They are those of the child: its parents other than Y.
    """

  static let variances = """
    On this chain the equations of the means are the exact ones. The variances are those of each x_t given \
    its neighbours, which are smaller than those given the data alone. No number of sweeps changes this:
    """

  static let topics = """
    This section may be left out. The code that sends messages along the chain fits other graphs. Latent Dirichlet allocation lets each document have weights \
    π of its own, and each of its words w choose a topic z_n of its own. On five words with two topics its \
    evidence is a sum over 32 assignments:
    """

  static let bars = """
    On data with something to look at, let the words be the pixels of a square, five by five, and let each of ten \
    topics be a row or a column of it (Griffiths and Steyvers 2004). Documents are drawn from the model. A sweep \
    sees how often each word is in each document, and nothing else:
    """

  static let afterBars = """
    From this start {bars-found:1} of the ten bars are found in sixty sweeps: less than a tenth of the topic is in \
    wrong places. From another start it is {bars-elsewhere:1}. Data and model are the same. Coordinate ascent goes \
    where its start leads, and a topic that holds parts of two bars seldom comes apart again.
    """

  static let stochastic = """
    With many data a sweep is long, and the first updates of the globals do not deserve it. Stochastic \
    variational inference takes a few data, finds their responsibilities, and moves the globals a part ρ \
    of the way to where these data, counted N/S times, would put them. In natural coordinates that way is \
    the natural gradient, the gradient corrected by the Fisher information G; and because λ̂ is a sum \
    over data, the step is unbiased.

    The example is that of the mixture. Again λ begins badly, at the best \
    factors for r with its columns exchanged. In the first line λ′ is the λ of the prior, and r stays as \
    given; from the second line on the responsibilities follow λ. Mini-batches have S = 2 data, and ρ = ½:
    """

  static let allTen = """
    Unbiased in natural coordinates means nothing for other coordinates, nor for the bound. Here are all \
    ten mini-batches, each from the λ of the chain:
    """

  static let robbins = """
    {lowering:1} of the ten mini-batches lower the bound. The mean over all ten is a loss of \
    {mean-loss:.3}, while the step on all data gains {full-gain:.3}. A falling ELBO is no bug here. It is the price of \
    large steps on small batches, and it is why step sizes must shrink: Robbins and Monro (1951) ask for \
    Σ ρ_t = ∞, so that any place can be reached, and Σ ρ_t² < ∞, so that the noise dies. The library's \
    schedule is ρ_t = (t + delay)^(−forgetting) with ½ < forgetting ≤ 1.
    """

  static let otherWays = """
    Lecture L2 lists ways to a posterior: analytic work, Gibbs sampling, EM, variational inference. They \
    do not return the same thing. The example is the smallest on which they differ: three data under two \
    known components, z_n = 1 or 0, and one unknown weight, π = p(z_n = 1). Gibbs sampling draws each z_n given the others; run over \
    every outcome, its sweep is a matrix, and p(z|x) does not move under it. EM has a posterior of the \
    z_n, and of π a point (E-035): {em-point:.6}, where the posterior mean is {posterior-mean:.6}.

    Expectation propagation replaces each factor by a site, a member of q's family up to a scale. Prior and \
    other sites together are the cavity of a site. The site is updated so that q takes the moments, \
    E[log π] and E[log(1 − π)], of the cavity times the exact factor. A site can also stand for a part D of the data that somebody else has \
    seen, since natural parameters add; D₁ and D₂ are two lists of labels, and η counts ones, then zeros:
    """

  static let sites = """
    The code is the third way: `cavity` takes a site away, and `update` makes the new one from \
    the moments that the exact factor asks for.
    """

  static let clutter = """
    Mean field makes KL(q‖p) small. Matching moments makes KL(p‖q) small, where p is a cavity times an \
    exact factor. No bound rises on the way, so a bad end need not be noticed. Minka's clutter problem \
    (2001) has good ends and bad ones. θ ~ N(0, 20) is seen through N(θ, 1), but with probability .4 a \
    datum is noise from N(0, 10) and says nothing of θ:
    """

  static let afterClutter = """
    In the second row nothing warns: the run ends, with twice the variance and a mean on the other side of \
    zero. In the third it stops at a cavity that is no distribution. And log Z is no bound. In this table it lies below \
    log p(x); in the example of the weight π it is {over:.4} above. With data on two sides, as in the third \
    row, no normal distribution is near the posterior:
    """

  static let remember = """
    - A member of an exponential family is known from both sides: ∇A(η) = E[t(x)], ∇²A(η) = Cov[t(x)], \
    and the way back.
    - A conjugate likelihood adds t(x) to η; the evidence is A(η′) − A(η), and what h(x) adds.
    - An update adds the messages of a node's factors. It reads the Markov blanket and moves the terms in \
    which the node stands. What it gains is KL(q‖q̂).
    - A bound that is flat from the start may be a symmetry. A gap near log K! is the naming of components.
    - Natural steps on mini-batches are unbiased in λ, and single steps may well lower the bound.
    - Mean field is too sure of itself on a chain; expectation propagation has moments and no bound; EM \
    returns a point.
    """
}
