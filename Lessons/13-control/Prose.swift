/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    A mass slides on a line. It stands three steps to the left of where it should be, and you have one force to push it with. Being away costs \
    its squared distance, pushing costs too, and a little speed is lost at each step. In four steps:
    """

  static let afterTheGivens = """
    A state x holds the place and the speed. A step makes A x + B u + w of it, where w is a push by the world: σ g or −σ g, as a fair coin says. \
    Being at x costs xᵀ Q x, a force u costs R u², and the last state costs xᵀ F x. All at once that is

        J = Σ_(t<T) (x_tᵀ Q x_t + R u_t²) + x_Tᵀ F x_T

    How far ahead do you have to think? Whoever plans H steps ahead plans as if the task had H steps, with F for the last, or as many as are left:
    """

  static let afterTheTable = """
    One step is not enough: whoever looks at the next state alone pays {greedy:.3} more. Two are nearly enough, and four are perfect, as they see all. \
    Plan some steps, play the first, look where you are, plan again: this is model-predictive control, which the lectures name for \
    planning in a latent space. The table is exact, over every outcome of the pushes.

    The lesson builds the three things that the name is made of. What is the best plan? What does a planner do when the world pushes? And \
    what if nobody says what x, A and B are, and all that one has are pictures?
    """

  static let riccati = """
    Begin at the end, without pushes. What the rest will cost from x, if all goes well, is called xᵀ P_t x; at the end P_T is F. At step t one pays \
    xᵀ Q x + R u², is then at A x + B u, and the rest costs (A x + B u)ᵀ P_(t+1) (A x + B u). This is a quadratic function of u. Its slope is zero where \
    (R + Bᵀ P_(t+1) B) u = −Bᵀ P_(t+1) A x, so the best u is linear in x. What remains is a quadratic function of x, so that the step before looks just the same:

        u = −K_t x,   K_t = Bᵀ P_(t+1) A/(R + Bᵀ P_(t+1) B)
        P_t = Q + Aᵀ P_(t+1) (A − B K_t)

    All that has to be carried back is a matrix. To check it there is another route with no recursion in it. Four controls, all costs as squares of linear functions \
    of them: one problem of least squares.
    """

  static let afterRiccati = """
    The last line is worth a second look. Any other controls cost more by a sum of squares, one for each step, each in the distance from \
    what the best rule says at the state where one is. A mistake of yesterday is paid once. It has changed where one is, and not the rule: from there −K_t x_t is the best again.
    """

  static let aRun = """
    How does such a run look, in twelve steps and without pushes?
    """

  static let afterPaths = """
    The longest look brakes before the middle. The shortest one sees only that the next place will be nearer.
    """

  static let certainty = """
    Now the pushes. They make J random, and one might want to be careful. Is there anything to be careful about?
    """

  static let afterCertainty = """
    No. A push adds a constant, whatever was done, because the cost is quadratic: the rule stays, and only the price rises. This is called \
    certainty equivalence. It is special. With a wall that stops the mass, or a force that makes the pushes stronger, careful controls would be better \
    ones. And the last line says what looking is worth: a plan that is fixed at the start leaves every push to the friction. In the \
    example it pays {open:.3} more on average.
    """

  static let receding = """
    The recursion gives a rule for every state and every step. Where states are large, or costs not quadratic, nobody has such a rule; but a \
    single plan from the state at hand is always possible. So one plans at each step, and uses the first control only. The planner here sets \
    the slope of its plan's cost in all controls of the plan to zero, and knows nothing of P:
    """

  static let afterReceding = """
    With a horizon as long as the task, to plan again is to confirm the plan, or to answer a push in the best way. With less, the loss is \
    exact: the squares of `riccati`, averaged over where the pushes lead.
    """

  static let shortLooks = """
    What a short look loses depends on the task, too:
    """

  static let afterHorizon = """
    A longer look is not better always. Four steps of twelve cost {four-ahead:2} more than the least, three only {three-ahead:2}: the plan ends in the middle of the task, \
    and what it expects from there on, F, is not what comes. Only at H = T this is sure to be gone.
    """

  static let latent = """
    Nothing so far needs x itself. Suppose that we see z = S x, a code with more numbers than the state has. If it keeps all that x says, there is a system of \
    codes, with its own Ã, B̃ and Q̃, and we may plan there:
    """

  static let afterLatent = """
    Codes and states give the same controls, to the last digit. Two things must hold: the next code follows linearly from this one, and costs are \
    those of states. The length of z is no cost; a code that stretches what does not matter would be steered for nothing. The last line takes the whole \
    way: pictures in, control out, with the direction v found by principal components and three numbers by least squares. It is exact there because \
    its pictures are linear in the place. Cameras are not.
    """

  static let identification = """
    How much must have been seen for that? If the world is linear and has no noise, it is a question of rank:
    """

  static let afterIdentification = """
    Three steps, then, if they are independent. The line with the rank is why one has to explore: whoever follows a good rule sees pairs (x, u) in a plane and \
    learns nothing of what lies beside it. In a finite world without noise one visit to each pair of state and action says all. It is six visits \
    by choice and {drawn:.3} by luck.
    """

  static let search = """
    The other way is to learn no model. Take a rule u = −K x, run it, see what it costs, change K a little, run it again. Nothing has to be \
    assumed of the world:
    """

  static let afterSearch = """
    Each run of T steps gives one number, the cost, and a model would have learned from all T steps. The corridor is the same in the small: a \
    value moves back by one room a walk, five walks of five steps for five rooms, where one walk and some thinking are enough. Who keeps the \
    first walk and goes over it again in thought needs no second one, and that is no accident: memory that is asked again is a model.
    """

  static let camera = """
    Now all of it. Sixteen pixels see the mass as a spot of light of width 4, with some noise:
    """

  static let afterCameraGivens = """
    The planner pushes about at random, four steps at a time, and learns from that: the direction in which pictures differ most, whose inner product with a picture \
    less the wanted one is the code; two numbers â and one b̂, so that the next code is â z + b̂ u, z being two codes, the newest and the one before; and how a squared code \
    is to be priced. Then it is put at x_0 and has to steer, four steps ahead, by what it sees:
    """

  static let afterGraph = """
    Two pictures, because one shows no speed. A run looks like this:
    """

  static let afterStrip = """
    And how good is it? The table has its cost, in the real world, against the least cost for somebody who knows the system and \
    sees the state:
    """

  static let betweenTables = """
    Ten transitions are less than one run. Beside it stands a search for K, which is told the state, is spared the noise, and has \
    the best settings that we found:
    """

  static let afterSamples = """
    With ten transitions the planner is {ten:.2} % above the least, with {search:3} transitions the search is no better than \
    {searched:.2} % above. Both numbers are of this toy and of these settings. They do not show that models always need less, and the lectures say \
    "tends to". But they show where it comes from: three numbers are fitted to everything that was seen, where a cost of a run is one number. As a picture:
    """

  static let afterSamplePicture = """
    The two curves cross somewhere on the right. With more and more experience the search comes to the best gain that stays the same for all steps, which here is as good as the best rule \
    to a millionth. The model does not come there: it stops at about {floor:.0} % above. Its fault cannot be cured by data, as it lies in the pictures:
    """

  static let afterCode = """
    Near the goal a code is the place, and far from it less than that. So a force moves the code less where it is far, and more where it is near; one linear \
    model has to serve for both. It pushes longer than is best, and has to brake harder. A second component would know more. But then the codes lie on a curve in a plane, and linear dynamics off that curve are \
    anybody's guess. Watter and others (2015) train encoders so that dynamics are locally linear; Hafner and others (2019) give up linearity, and \
    plan by drawing. What simple pictures are enough for is what you have seen; what it takes for real ones, no toy can say.
    """

  static let remember = """
    - The best controls of a linear system are linear in the state. The recursion of P says so from the end; least squares say it at once.

    - Noise adds Σ tr(P W) to the cost and changes no control. But it makes it worth while to look.

    - Model-predictive control plans at each step and plays the first control. With H = T it is optimal; with less, it is a rule whose cost can be computed.

    - What can be planned in states can be planned in codes, where the next code follows from this one and costs are carried over.

    - Without noise n + m independent steps say all of a linear system. Steps under a fixed rule are never independent enough.

    - A model learns from each step, a search from each run. A model that cannot be true stops at its own error.
    """
}
