extension Prose {
  static let switching = """
    A rat runs, stops, and runs again. No single walk moves like that. Let there be several ways to move, and let a \
    Markov chain say which one it is at each step: a switching linear dynamical system. The regime r_t chooses \
    A_k and Q_k for the step that leads to z_t; r₀ chooses nothing, it matters through the chain alone. What is seen has \
    Gaussian noise here, so that the rest is exact; with counts, each half below would take the parabolas of \
    the last section.

    Four steps are enough. In way 0 the number hardly moves, Q₀ = 0.01; in way 1 it jumps.
    """

  static let afterSwitchGivens = """
    Look at y: calm, calm, then up to 1.9, then down to −1. Two wild steps at the end, you would say. The model says so too. \
    Given a whole path r, it is a linear dynamical system, and there are 2⁴ paths:
    """

  static let afterPaths = """
    The model is sure of the last two steps. It gives r₁ = 1 the probability {early-posterior:2} too, although y₁ is calm: switches are rare, B₁₁ = 0.8 beside \
    B₀₁ = 0.1, so who is wild at step 2 was probably wild before.

    The filter of one averaged system is no filter of this model (`lessons run 09/paths --mistake averages-the-dynamics`). With 4 steps \
    the sum over paths is nothing; with 100 steps it has 2^100 terms. So we cut the tie between z and r and keep the ties in time:

        q(z, r) = q(z) q(r)

    Mean field asks each factor for exp of a mean of log p(y, z, r) under the other. In lesson 3 every factor was one number; here q(z) is a \
    whole Gaussian chain and q(r) a whole Markov chain. Both come out in one pass of messages each, because the mean of log N(z_t; A_k z_(t−1), Q_k) over \
    r_t is a parabola again, and its mean over z is a number for each k.
    """

  static let afterSwitching = """
    Precisions are averaged, not covariances: a way with little noise pulls much harder than its share. Here it is a hundred \
    times as strong. With q_k = (½, ½) the averaged step has U = {averaged-variance:.4}, close to twice Q₀ and nowhere near Q₁. The third term, D, is the \
    same as the doubt about a in lesson 8: who is not sure how z moves should not be sure of where it came from.

    The two lines with the ELBO are the ones to test code with. An ELBO that falls in either half by more than rounding is wrong; \
    and the rise of the second half is a divergence that can be computed in another way.
    """

  static let starts = """
    The half sweeps are exact, each is the best there is, the ELBO never falls. So let it run. Three starts of q(r): one half for every state; \
    nine tenths for the wild way; and, as nobody can in practice, the exact marginals p(r_t = k|y).
    """

  static let afterBounds = """
    log p(y) is {evidence:.4}. From the uniform start the ELBO ends at {uniform-end:.4}: a gap of {uniform-gap:.4} nats. From the other two it ends at {wild-end:.4}, \
    a gap of {wild-gap:.4}. It is not a matter of patience. From one half each, the first q(z) is made with the strong pull of the calm way and is \
    nearly flat; a flat walk is good evidence for the calm way; and the next q(z) is flatter:
    """

  static let knownStates = """
    A plausible story that confirms itself. The exact posterior is sure of the opposite at the end: p(r₃ = 1|y) = {wild-posterior:.6}. Nothing in the numbers of the bad run looks \
    wrong unless log p(y) is known or another start is tried. Try several, keep the highest ELBO: bounds of one model may be compared.

    The curve of the exact start is worth a second look. It begins near the top and needs {sweeps-needed:.0} sweeps for the last fifth of a nat. \
    The factors wait for each other. Lecture L0 has a cheaper form of the alternation: infer z with the regimes r taken as known, then r. What does it cost?
    """

  static let afterKnownStates = """
    For one step, it can only lose: the averaged q(z) is the best for q(r), and the gap is a divergence. That is erratum E-007 of lesson 3, on a chain. But it \
    is wrong to say that it always loses. Over several sweeps:
    """

  static let afterKnownTable = """
    From the exact marginals the first half step falls to {known-first:.4}, below the {averaged-first:.4} of the averaged one. The second half more than makes up for it: after one sweep \
    it stands at {known-second:.4}, where averaging arrives after {sweeps-needed:.0}. It has jumped over the slow part. It stops there, a little below the true fixed point, by \
    {known-loss:.7}. From the uniform start it locks at once, at {known-locked:.4}: at one half each the first way is taken, all states are calm, and no later q(z) changes which state is the most probable. \
    Use it to get near, then average.
    """

  static let draws = """
    Means under q(z) were in closed form. With counts, or a network, they may not be, and q(z) may be known by its draws only. Lecture L0 estimates q(r) \
    from samples of z by forward–backward, and does not say how the samples enter. What mean field asks for is a mean of logarithms, so it is the log potentials of the samples that are averaged, \
    not the densities. Here q(z) has two \
    trajectories with probability ½ each: from z₀ = 1 to z₁ = 0, which speaks for way 0, or to z₁ = 2, which speaks for way 1.
    """

  static let afterDraws = """
    The log odds of way 1 are −½ for one trajectory and 3/2 for the other: ½ on average, and q(r₁ = 1) = σ(½) = {whole:.5}. From one draw it is \
    σ(−½) or σ(3/2), on average {one-draw:.5}. So the potentials are unbiased, and the q(r) that is made of them is not.
    """

  static let oneDraw = """
    With one draw the step is that of a Gibbs \
    sampler, which takes z for known, and its average is E_q(z)[p(r|z)], another law than mean field's:
    """

  static let afterDrawsTable = """
    The bias falls like 1/S. That is small beside the noise of a single estimate, which falls like 1/√S; but noise can be averaged away over sweeps and bias cannot.
    """

  static let networks = """
    In the model of section 6 z was seen through a line. Cells do not fire like lines. The model fLDS (Gao, Archer, Paninski and Cunningham 2016) keeps the linear \
    dynamics and puts a network φ where C was. What is lost is the closed form of E_q(z)[log p(y_t|z_t)]. What is kept is all the rest: the prior \
    is a Gaussian chain, its divergence is in closed form, and each fit depends on the marginal of one z_t only.

    With one unit and two steps p(y) is a double integral. The walk begins with N(0, 1), and Q = 1 − a² keeps the variance of each z_t at one:
    """

  static let afterNetworks = """
    p(y) is {network-evidence:.10} here. One noise ε for the whole trajectory, one pass back through the network, and the slope of log p(y, z) is an unbiased estimate of \
    ∂ELBO/∂m. The dynamics enter with their exact slope. The tangent of φ at zero would make the model linear and the integral easy, and wrong \
    (`lessons run 09/neural-emission --mistake tangent-at-zero`).
    """

  static let spikes = """
    One step further. LFADS (Sussillo, Jozefowicz, Abbott and Pandarinath 2016) lets the dynamics be a network too, and takes the noise out of its steps. \
    What is uncertain is where it starts, one number z ~ N(0, 1) in the smallest case. Then a whole sequence of spike counts has a code of one number, and the \
    model is a variational autoencoder with an unusual decoder. However long the sequence, p(y) is one integral over z. A single cell, a single unit, two counts:
    """

  static let afterSpikes = """
    p(y) is {spikes-evidence:.10}. Such toys are worth their trouble: a decoder that starts a step late, or a KL with a deviation where a variance belongs, gives curves \
    that look fine and a p(y) that does not.

    Now the real size of a small one. A wheel of two numbers turns by 40° a step; five cells listen to it, each to another direction; 24 sequences of 14 steps are counted. \
    The learner has four units and does not know about wheels. Its encoder reads all 70 counts and answers with m and v.
    """

  static let afterTraining = """
    Forty rounds, and the wheel turns: the inferred rates rise and fall where the true ones do. Compare the columns. The second is what the learned \
    network gives sequences that it never saw. It is some nats below the first on average; for one sequence alone it may be above, as nothing bounds it by the truth. The third is what the encoder leaves of it. The long form, `lessons train 09/spikes`, brings \
    the second column within about a nat of the first and leaves the third some nats behind: 24 sequences teach what a wheel does, and not how to read every one. \
    Without an exact log p(y) both would be one disappointing number.
    """

  static let rememberSwitching = """
    - Switching: q(z) q(r) keeps both chains and cuts the tie between them. Each half of a sweep is exact and never lowers the ELBO; where the \
    sweeps end is decided by where they start.

    - Averaged log densities average precisions. A step that is averaged also says how unsure it is of where it came from.

    - Regimes that are taken as known lose a half step, may win a sweep, and may lock.

    - Potentials from draws are unbiased; probabilities that are made of them are not.

    - A network in the place of a line costs the closed form of the fit, and nothing else. A network in the place of the dynamics, without noise, \
    leaves one integral.
    """
}
