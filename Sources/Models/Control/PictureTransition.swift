import Networks
public import Probability

/// A step of a mass as a camera sees it: two pictures, a force, the next picture, and what each picture's place costs.
public struct PictureTransition: Sendable, Equatable {
  /// The picture of the step before.
  public let before: [Double]
  /// The picture of now.
  public let now: [Double]
  /// The force.
  public let control: Double
  /// The picture of the next step.
  public let next: [Double]
  /// What the place of `now` costs, as the world says it.
  public let cost: Double

  /// A step.
  public init(
    before: [Double], now: [Double], control: Double, next: [Double], cost: Double
  ) {
    self.before = before
    self.now = now
    self.control = control
    self.next = next
    self.cost = cost
  }
}

extension PictureStrip {
  /// Steps of a point mass under random forces, begun anew at a random place every four steps.
  ///
  /// ```
  /// p from −3 to 3,   v and u from −½ to ½
  /// ```
  public func explore<Choices: RandomChoices>(
    _ system: LinearQuadratic, transitions count: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [PictureTransition] {
    var steps: [PictureTransition] = []
    var (state, before, now) = (Vector(0, 0), [Double](), [Double]())
    for step in 0..<count {
      if step % 4 == 0 {
        state = Vector(6 * (try choices.uniform()) - 3, try choices.uniform() - 0.5)
        before = try draw(state[0] - state[1], &choices)
        now = try draw(state[0], &choices)
      }
      let control = try choices.uniform() - 0.5
      let cost = system.stateCost.quadraticForm(state)
      state = system.next(state, Vector(control))
      let next = try draw(state[0], &choices)
      steps.append(
        PictureTransition(before: before, now: now, control: control, next: next, cost: cost))
      (before, now) = (now, next)
    }
    return steps
  }
}
