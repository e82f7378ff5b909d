extension Page {
  static let learning = """
    Now everything at once. Six documents of ten words were drawn from a model with four topics \
    over the words ball, goal, vote, law, rain, wind, cell and gene. Both networks start from \
    small random numbers and climb by the node above: one draw of z a document, KL in closed \
    form, an input-dependent baseline and a running mean (used first, moved after), the signal \
    divided by max(1, σ), Adam with shrinking steps.

    First the step itself. It is a program of random choices like everything above, so before \
    it is trusted with a training run it is run over all that can happen to it, memory of the \
    baselines included:
    """

  static let nowLearn = """
    Four bits have sixteen states, so the bound that is climbed can be compared at every moment \
    with what it bounds.
    """

  static let remember = """
    The step that trained this model is a program of random choices. Run by a sampler it learns; \
    run over every outcome it tells its own bias and variance. Nothing was checked on a copy.

    Say ‘unbiased’ only with a number of samples beside it. A baseline may know x, the past and \
    the other draws, never its own. A standardised signal is a step size. The surrogate's value \
    is nothing. Do not believe a variance that was not computed, least of all at a symmetric point.
    """
}
