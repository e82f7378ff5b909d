/// What is read between the derivations.
enum Prose {
  static let opening = """
    Lecture L2, by Sharad Vikram, calls reparameterisation very effective at lowering the variance of the \
    gradient. Here is a model where it is not. The latent is one number, the decoder a sine, x|z ~ \
    N(sin(k z + .3), .5), with x = .4, m = .2 and s = −.1, so that q = N(.2, e^−.2). Four estimators of \
    ∂ELBO/∂m, each from one draw: the score function of lesson 04, the path of the next section, the same with \
    KL(q‖p(z)) in closed form, and the path alone, without a term that section 4 leaves out:
    """

  static let afterTheGradients = """
    All four have the right mean. For k = 6 the gradient along the path has the variance \
    {path-six:4}, the score function {score-six:3}: {ratio-six:3} times less. For k = 1 the two are \
    nearly the same, and what helps is the divergence in closed form. So "reparameterised" is no \
    promise: the integrand decides, and whether the divergence was sampled.
    """

  static let path = """
    A draw of q is a function of noise whose distribution contains no parameter. That is the whole \
    idea (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014), and it is one line of code:
    """

  static let total = """
    The mean of f is then a mean over noise, and a derivative by m or s goes inside. It is the total \
    derivative: f contains m and s through z, and once more in −log q(z). Of this last, direct term \
    lecture L3, by Maneesh Sahani, prints the sign wrong (erratum E-040). The model below is a line, so that everything \
    has a closed form.
    """

  static let afterThePath = """
    The direct term of log q by m cancels the path through log q, for each draw. By s a 1 is left: \
    the derivative of the entropy. For the variance, take the simplest integrand that is not a \
    parabola, sin k z under N(m, 1) at m = 0:
    """

  static let afterTheCrossing = """
    The two variances cross at k = {crossing:8}. Below, the path wins; above, the score. (Erratum \
    E-031 has k = 10, where the path has a hundred times the variance.) A function with a jump is the \
    extreme case: its slope is zero nearly everywhere, and the gradient along the path misses the \
    jump entirely (E-005).
    """

  static let model = """
    Before more is said of gradients, here is what they climb. On a line everything can be checked \
    against a closed form: the evidence, the bound, and where joint ascent in the decoder and the \
    code ends. A line is a special case: for N(.3, .49) the mean of a softplus, which every pixel asks for, is {softplus:12}, by \
    quadrature; as if it were a parabola it would be {second-order:5}.
    """

  static let afterTheModel = """
    One objective serves both sets of parameters, and they can be moved at once. At the posterior the \
    slope by the decoder is that of log p(x). So where nothing moves and q is the posterior, log p(x) is \
    stationary. That need not be a maximum: at a = m = s = 0 nothing moves, and log p(x) is {flat:5}, \
    where it is {line-evidence:5} at a = .8.
    """

  static let conditions = """
    Some sentences of the lectures are true under a condition that was not printed. Three are shown: that a \
    derivative may go inside a mean, which asks for an f without jumps, and that p(x|x̂), the probability of x \
    given what is decoded, is p(x|z), which asks that all z with that x̂ agree. `lessons run 06 --all` has the \
    others, each with a place where it fails.
    """

  static let landing = """
    The direct term −∂log q/∂(m, s) has mean zero, so it may be left out (Roeder, Wu and Duvenaud \
    2017). What remains is the slope of f along z. Where q is the posterior f is constant, and every \
    single draw gives zero: the gradient stands still when it has arrived. Hence the name that they gave it, \
    from gymnastics.
    """

  static let away = """
    That is at the posterior. Elsewhere the same estimator pays for the term that it left out. Here q \
    has the mean of the posterior and another width:
    """

  static let afterTheLanding = """
    With q narrower than the posterior by two units of s, the path alone has {away:4} times the \
    variance of the total derivative.
    """

  static let divergence = """
    With a Gaussian q and the prior N(0, I) the divergence has a closed form, which every program of \
    this kind contains, and which some had wrong (`lessons mistakes 06` names them). Averaging it over \
    latents, where it is a sum, does not stop training: it only changes the weight of the divergence. But \
    what is then maximised is no bound.
    """

  static let losses = """
    An encoder is one network for all x, so the code of this x need not be the best one of its family. And \
    the family, independent latents, need not contain the posterior. Both losses can be computed \
    where two latents explain one number (Cremer, Li and Duvenaud 2018 call them the amortisation gap and \
    the approximation gap):
    """

  static let surgery = """
    The divergence of q′ is what the family loses, {family-loss:.4} here; the rest, {encoder-loss:.4}, is what the \
    encoder loses. More steps for this \
    x alone remove the second; only another family removes the first. Over several data the divergence itself can be cut in two \
    (Hoffman and Johnson 2016). Here are three data and codes over three states:
    """

  static let afterTheSurgery = """
    The first part, {told:.4} here, is what z says about the datum: at most log T = {most-told:.4}, however many \
    latents there are. The second, {misfit:.4}, is how badly the mixture of all codes fits the prior. A better prior removes it and leaves the codes as they are.
    """

  static let beta = """
    Many programs weigh the divergence with a β (Higgins and others 2017), on either side of one. What is \
    the objective then, and what does it bound? The steps are shown for β = ½ and β = 4.
    """

  static let afterBeta = """
    For β > 1 the objective still lies below log p(x). For β < 1 it does not, and a value above log p(x) is \
    no better model. For a Gaussian decoder a β is the same as another v, but for terms without code or a: \
    a program that fits v has no need of it. With β = 0 an autoencoder is left: it decodes perfectly with any a, but \
    draws of z ~ N(0, 1) then have the variance a², whatever the data have.
    """

  static let frozen = """
    A sampled bound with its draws held fixed is a function that any optimiser can climb. Lecture L3 \
    says that the draws can be renewed now and then, to avoid over-fitting. They have to be \
    (erratum E-046): with one draw there is no highest point. With two different draws there is one, as \
    log p(x, z) bends down in σ, but the two draws decide where it lies.
    """

  static let frozenPicture = """
    Keep the draw where it is, at z = m + σ ε, and widen q around it:
    """

  static let weighted = """
    With K draws one may average the weights p(x, z)/q(z) before the logarithm is taken (Burda, \
    Grosse and Salakhutdinov 2016). The mean of the result rises with K towards log p(x). Its \
    gradient is a weighted mean of the gradients of the draws; a second use of the path gives one \
    with squared weights (Tucker, Lawson, Gu and Maddison 2019).
    """

  static let weightedMeaning = """
    In the code `path` is the gradient of each draw along its path, with all that contains m and s, and \
    `alone` is the part of it that goes through z.
    """

  static let signal = """
    A better bound is not a better gradient (Rainforth and others 2018). What counts for a step is \
    the mean of the gradient over its standard deviation. Here it is with its sign, for the line of section 4, \
    once near the posterior and once far from it:
    """

  static let afterTheWeights = """
    Near the posterior, by m, the plain gradient loses signal as 1/√K while the bound gets better; with squared \
    weights it keeps much more. By s the ELBO has its optimum there already, and the bound of K draws wants \
    another width, so both gain. Far away the plain gradient loses by m; by s it turns: one draw asks for a \
    narrower q, two for a wider one. So say where you measured, and in which coordinate.
    """

  static let others = """
    This section and the three that follow may be left out. Other distributions can be written as functions of noise as well; labels need no noise, as they \
    can be added up; and a sequence of latents, as in DRAW, has a divergence that adds up over its \
    steps. The Kumaraswamy distribution is stretched to (−.1, 1.1) and cut off, so that 0 and 1 have \
    positive probability (HardKuma).
    """

  static let sequence = """
    A sequence small enough to be trained to the end: two latents on a line, where the second step reads \
    what the first has left of x, as in DRAW (Gregor and others 2015). All means are closed forms:
    """

  static let climb = """
    So the gradient is exact, and can be climbed to the end:
    """

  static let afterTheSequence = """
    In the end the bound is E[log p(x)]: the posterior of each step, given the steps before, is in the family. On the way the \
    first step hands work to the second, and the sum of their divergences does not show it. \
    Nor does the bound: if the second step begins with a_2 = 0 and reads nothing, both slopes are zero, it is ignored \
    for ever, and the bound ends at {alone:5} as well. Two layers can end like this too. Here z_2 is N(0, 1) whatever the top z_1 \
    says, so that the lower layer can do alone:
    """

  static let afterTheHierarchy = """
    The best bound is the same for every ρ, so nothing in the data asks for a top. With independent codes it is worse: for ρ = .8 \
    they lose {layers-loss:.4}, for ρ = 0 nothing. What they lose grows with ρ, so a bound that is climbed over ρ as well ends where the lower layer ignores the top.
    """

  static let components = """
    With several numbers and a linear decoder the posterior is still Gaussian: this is probabilistic principal components \
    (Tipping and Bishop 1999), and the best W is known too. So an autoencoder without noise can be compared with one that has it:
    """

  static let afterTheComponents = """
    The autoencoder keeps the plane and copies it. The variational one finds the same plane, but shrinks: along the first direction \
    by {shrunk-first:.4}, along the second, where the data vary less, by {shrunk-second:.4}.
    """

  static let digits = """
    Now a decoder and an encoder that are networks, each with one hidden layer of 128 tanh units, \
    two latents, and 1,797 handwritten digits of 8 by 8 pixels (UCI Optical Recognition of \
    Handwritten Digits, by way of scikit-learn). A pixel counts as ink from half of the full grey on. \
    This is what is differentiated:
    """

  static let digitsRun = """
    Here are twelve epochs of Adam, with batches of 64 and one draw an image. The loss falls fast and \
    then slowly. What is decoded after so few epochs is one blur for most digits. `lessons train 06/digits` \
    goes on for 1000 epochs, and from where it was stopped; then most digits have a region of their own in the \
    latent square, with doubtful shapes between them. The square below is that of the short run.
    """

  static let afterTheDigits = """
    The square from −2 to 2 holds {square:4} of the prior's mass, so decoding it shows most of what \
    the model can say. To draw an x of the model, draw z, decode it, and then draw every pixel: the \
    decoded picture alone is a mean (erratum E-021).
    """

  static let remember = """
    - Exact: ∇E[f(m + σ ε)] = E[∇f(m + σ ε)], with the total derivative, if f has no jumps.

    - A variance is a property of the integrand. The path wins for slowly varying ones.

    - Leave out the direct term of log q when you are near the posterior, not before.

    - A bound must be averaged over new draws. Fixed draws are none, and one fixed draw has no highest value.

    - Closed forms are where mistakes hide: test them at the prior and with two latents.
    """
}
