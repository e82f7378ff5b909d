/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    Three people rate three films, and a rating is how generous the person is times how good the film is, plus a little noise. \
    Nine numbers, then, and behind them one dimension. The noise is a coin for each entry, so that there are 512 matrices which may be \
    seen:
    """

  static let afterTheGivens = """
    How many dimensions would you say, given one of the 512? A rank can be chosen by how well a matrix of that rank fits, or by how \
    well it predicts what was held out. The first takes the smallest rank that leaves no error. The two others hide each entry once, predict it from the others \
    (sections 4 and 5 say how), and take the rank with the smallest sum of squared errors. Here is how likely each way takes each rank, over every outcome of the noise:
    """

  static let afterTheTable = """
    The fit takes three dimensions, since a matrix of rank three is the data; two, with probability {two:.4}, where the pattern of the noise \
    itself has rank one. What was held out is wiser. It still takes rank two about one time in seven, and now and then nothing at all. \
    These numbers are no simulation: they are the exact law of a method, and say how far to trust one run of it.

    The lectures name the methods and move on: bi-cross-validation, holding out scattered entries, a prior with no fixed number \
    of features. The lesson makes each of them a small calculation. But first: dimensions of what?
    """

  static let circle = """
    A number of dimensions belongs to a kind of description. Take points on a circle. A linear description gives each point k numbers \
    and returns a linear map of them; that is what principal components do. A description by a curve may return anything:
    """

  static let afterCircle = """
    Two dimensions for lines, one for an angle, and both are right. The last line goes on with this: a curve through more harmonics \
    of the same angle fills four dimensions for lines, or as many as you like.
    """

  static let afterCirclePicture = """
    There is a catch. The points of any data set can be numbered, and the number alone tells them apart: with a map that may do anything, \
    one dimension is always enough. So the question has a meaning only together with points that the description has not seen. What a \
    few dimensions say of new data, is what the rest of the lesson measures. It stays with linear descriptions, where all can be computed.
    """

  static let training = """
    Here is a second example, with a large dimension and a small one, and one X that may be seen. What does the fit say of the rank? There are \
    two usual fits: the nearest matrix X_k, and the likelihood of k latents in the probabilistic principal components of lesson 06:
    """

  static let afterTraining = """
    The squared error can only fall. The likelihood does better: it stops where the spread of a direction is below τ. But that only says \
    how many directions have more spread than a noise which somebody has to know. With τ fitted as well, it would go on rising. \
    Something must be held out.
    """

  static let block = """
    To hold out whole rows is of no use. A new row brings its own k numbers, which are fitted to it, so that more of them always fit \
    better. Gabriel's idea (2002), made general by Owen and Perry (2009), is to hold out a block A of rows and columns. Its rows are known \
    elsewhere by B, its columns by C, and the rest, D, says how both belong together. D_k⁺ inverts the k largest parts of D and leaves out \
    the others:
    """

  static let afterBlock = """
    Without noise the block is returned exactly, at the true rank and not below it. With noise the second step counts what each rank \
    costs: its first term is what is missed even without noise, and M, which grows like one over the singular values of D, multiplies the noise of B and C. A dimension is worth taking \
    if it brings more than that. The line with four entries divides by noise itself; with Gaussian noise in the place of coins its mean \
    would be infinite, as x_22 comes too near to zero too often. The last consequence is a warning: three dimensions that live in one row and one column each are \
    invisible. All errors are the same then, and rank zero is taken.
    """

  static let wrongRank = """
    Now both dimensions of the second example, the small one with a size not far from the noise. The true rank is two:
    """

  static let afterWrongRank = """
    Here the block mostly takes rank one, and that is no defect. Averaged over the noise of A, B and C, the \
    first entry is missed by {miss-one:.3} with rank one, and by {miss-two:.3} with rank two (a squared error, with D as it is without noise). \
    What is held out chooses the rank that predicts best. With little data that is often less than the truth.
    """

  static let holes = """
    A block leaves much unused: D alone says what the parts are. One can also make holes, scattered over X, and fit a matrix of low rank \
    through everything else. Wold did so in 1978; Williams's text (2018), which the lecture names, recommends it for every factorisation. Rank one is enough to see how. For given v each row \
    has its own least squares problem, for given u each column has, and the two are solved in turn:
    """

  static let afterHoles = """
    The second step says why alternating works: no sweep raises the error of what is seen. It promises no more than that. The first step \
    is the reason for scattering: for a row that is not seen at all it says 0 = u_i 0, so that any u_i fits, and nothing is predicted. The last step sees to it that there is no such row. \
    The last consequence is what one pays for honesty: σ² stays in the score, as nothing was fitted to the noise of a hole. \
    A mean or a spread of a column that was taken with the hole in it has looked into the hole: centre and scale with what is seen.
    """

  static let threeWays = """
    The tables make one hole at a time, as A was one entry: each of the nine in turn. All three ways, for one X of the first example:
    """

  static let afterErrors = """
    Two dimensions fit better than one and predict worse. At rank one the blocks miss by {block-one:3} in all and the holes by {hole-one:3}; at rank two by {block-two:3}, both. There the block and the hole are the same method: through eight entries \
    of nine there is a single matrix of rank two. And as the noise grows:
    """

  static let afterNoise = """
    A hole uses all eight entries for its one dimension, a block only four of them for its D. Where noise is small the two are equally good. With much noise \
    the hole sooner says that nothing can be predicted; what it loses against the block here, it loses to rank zero.
    """

  static let buffet = """
    The other way out is not to choose. A prior over matrices of features, with rows for things and a column for each feature, may leave the \
    number of columns open. The Indian buffet process builds one row after the other. Customer n takes each dish that m others took with \
    probability m/n, and then a Poisson number of new dishes with the mean α/n:
    """

  static let afterBuffet = """
    The rules speak of first and second customers, and the law does not: λ_h depends on how many took a dish, not on who. \
    For N = 2 all three rates are ½ α. The sum of all rates is α H_N, and so the number of dishes is a Poisson number \
    with this mean: {mean-two:.3} dishes for two customers, {mean-three:.3} for three.
    """

  static let oneTable = """
    One table, drawn:
    """

  static let afterBuffetPicture = """
    Above the customer who took it first, every column is empty. Sorted by their histories, columns lose even that order, which is the left-ordered form of the paper. Its law is the product that you have just seen.
    """

  static let limit = """
    Where do such rules come from? From F features with independent probabilities π ~ Beta(ε, 1), ε = α/F. Many features, \
    each of them rare, and π integrated out:
    """

  static let afterLimit = """
    Each history is a rare event with F chances, so its number tends to a Poisson number, and its mean to λ_h. The error is \
    written out: with F = 10 a history of both has the mean {both-ten:.4} in the place of {both-limit:.4}.
    """

  static let remember = """
    - A number of dimensions belongs to a kind of description. A circle has two for lines and one for curves; with a curve through everything, it means nothing without new data.

    - The fit takes the largest rank. Held-out rows do the same.

    - A block is predicted by B D_k⁺ C: exact without noise, at the true rank. A dimension that D does not have cannot be predicted.

    - Holes must be scattered, must not be looked at, and are scored with the noise in them. Centre and scale after holding out, never before.

    - What is held out chooses what predicts best, and that may be less than the truth.

    - The Indian buffet leaves the number open: α dishes for each customer, α H_N for all, and no customer is the first.
    """
}
