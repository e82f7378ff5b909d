// Chains, grammars and messages for callers that have arrays and no structures.
#include "kernels.h"

int kernel_chain_sum(
  int states, int64_t steps, const double *initial, const double *transition, const double *weights,
  ptrdiff_t symbol_count, const ptrdiff_t *symbols, double *sum_and_exponent, int counting, double *first,
  double *pairs, int with_marginals, double *marginals) {
  struct kernel_chain chain = {
    .states = states, .steps = steps, .initial = initial, .transition = transition,
    .weights = weights, .symbols = symbol_count > 0 ? symbols : NULL,
    .symbol_count = symbol_count};
  struct kernel_chain_answer answer = {
    .first = counting ? first : NULL, .pairs = counting ? pairs : NULL,
    .marginals = with_marginals ? marginals : NULL};
  int range = kernel_chain(&chain, &answer);
  sum_and_exponent[0] = answer.sum;
  sum_and_exponent[1] = answer.exponent;
  return range;
}

int kernel_grammar_sum(
  int symbols, int start, int rules, const int32_t *symbols_of_rules, const double *probabilities,
  int words, const double *leaves, double *sum_and_exponent, int counting, double *uses,
  double *leaf_uses) {
  struct kernel_grammar grammar = {
    .symbols = symbols, .start = start, .rules = rules, .symbols_of_rules = symbols_of_rules,
    .probabilities = probabilities, .words = words, .leaves = leaves};
  struct kernel_grammar_answer answer = {
    .uses = counting ? uses : NULL, .leaf_uses = counting ? leaf_uses : NULL};
  int range = kernel_grammar(&grammar, &answer);
  sum_and_exponent[0] = answer.sum;
  sum_and_exponent[1] = answer.exponent;
  return range;
}

int kernel_messages_arrays(
  int states, int outputs, int start_doubts, int noises, ptrdiff_t steps, const double *mean,
  const double *doubts, const double *dynamics, const double *noise, const double *emission,
  const double *factor, const double *observed, double *misfits, double *diagonals, double *means,
  double *covariances) {
  struct kernel_messages problem = {
    .states = states, .outputs = outputs, .start_doubts = start_doubts, .noises = noises,
    .steps = steps, .mean = mean, .doubts = doubts, .dynamics = dynamics, .noise = noise,
    .emission = emission, .factor = factor, .observed = observed};
  struct kernel_messages_answer answer = {
    .misfits = misfits, .diagonals = diagonals, .means = means, .covariances = covariances};
  return kernel_messages(&problem, &answer);
}
