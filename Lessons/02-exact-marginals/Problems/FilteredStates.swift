import Exact
import GSL
import Models

/// p(z_t | x_1 … x_t), place by place: the forward messages, each divided by its sum.
@Sendable func filteredStates(_ sequence: HiddenMarkovSequence) -> [[Double]] {
  forwardMessages(sequence.potentials).map { message in
    let total = logSumExp(message)
    return message.map { exp($0 - total) }
  }
}
