import LessonKit

extension Page {
  /// What is read about belief nets, in order.
  static let graphBlocks: [Block] = [
    .heading("A graph is a product and a program"),
    .prose(
      """
      A directed graph with a conditional table at every node is two things at once. As a product, \
      p(x) = Π_i p(x_i | parents of x_i), it gives every joint state a probability. As a program it \
      draws one: parents first, then children from the row that the parents chose. That the \
      program has the product as its law is not a manner of speaking. Run it over every outcome of \
      every choice and compare, state by state.
      """),
    .exercise(beliefNets),
  ]

  /// The half of the lesson about sequences, grammars, trees and graphs.
  static let structureBlocks: [Block] =
    graphBlocks + sequenceBlocks + grammarBlocks + treeBlocks + gradientBlocks

  /// Its errata.
  static var structureErrata: [ErratumCase] { sequenceErrata + grammarErrata }
}
