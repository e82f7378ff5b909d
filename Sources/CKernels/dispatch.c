// Each kernel goes to the form for the processor that it meets: 2 is AVX-512, 1 is AVX2, 0 runs anywhere.
// TIGHTBOUND_KERNELS=baseline or avx2 asks for an older one, so that all can be tested on one machine.
#include "kernels.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__clang__)
static int newest_generation(void) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")) return 2;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
    __builtin_cpu_supports("bmi2");
}
#else
static int newest_generation(void) { return 0; }
#endif

int kernel_generation(void) {
  static atomic_int known = -1;
  int generation = atomic_load_explicit(&known, memory_order_relaxed);
  if (generation >= 0) return generation;
  generation = newest_generation();
  const char *asked = getenv("TIGHTBOUND_KERNELS");
  if (asked && strcmp(asked, "baseline") == 0) generation = 0;
  if (asked && strcmp(asked, "avx2") == 0 && generation > 1) generation = 1;
  atomic_store_explicit(&known, generation, memory_order_relaxed);
  return generation;
}

#if defined(__x86_64__) && defined(__clang__)
#define DISPATCH(TYPE, NAME, PARAMETERS, ARGUMENTS)                                    \
  TYPE kernel_##NAME##_baseline PARAMETERS;                                            \
  TYPE kernel_##NAME##_avx2 PARAMETERS;                                                \
  TYPE kernel_##NAME##_avx512 PARAMETERS;                                              \
  TYPE kernel_##NAME PARAMETERS {                                                      \
    switch (kernel_generation()) {                                                     \
      case 2: return kernel_##NAME##_avx512 ARGUMENTS;                                 \
      case 1: return kernel_##NAME##_avx2 ARGUMENTS;                                   \
      default: return kernel_##NAME##_baseline ARGUMENTS;                              \
    }                                                                                  \
  }
#else
#define DISPATCH(TYPE, NAME, PARAMETERS, ARGUMENTS)                                    \
  TYPE kernel_##NAME##_baseline PARAMETERS;                                            \
  TYPE kernel_##NAME PARAMETERS { return kernel_##NAME##_baseline ARGUMENTS; }
#endif

DISPATCH(void, exp, (ptrdiff_t count, const double *x, double *result), (count, x, result))
DISPATCH(void, log, (ptrdiff_t count, const double *x, double *result), (count, x, result))
DISPATCH(
  void, product,
  (ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t steps, const double *left, ptrdiff_t of_row,
   ptrdiff_t of_step, const double *right, const double *start, ptrdiff_t of_start, double *result),
  (rows, columns, steps, left, of_row, of_step, right, start, of_start, result))
DISPATCH(
  void, softmax_rows,
  (ptrdiff_t rows, ptrdiff_t columns, const double *scores, double *shares, double *normalisers),
  (rows, columns, scores, shares, normalisers))
DISPATCH(
  void, logistic_rows,
  (ptrdiff_t rows, ptrdiff_t columns, const double *logits, double *probabilities, double *totals),
  (rows, columns, logits, probabilities, totals))
DISPATCH(
  void, row_products,
  (ptrdiff_t rows, ptrdiff_t columns, const double *x, const double *y, ptrdiff_t of_y,
   double *products),
  (rows, columns, x, y, of_y, products))
DISPATCH(
  void, combined_rows,
  (ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *x, const double *b,
   const double *y, double *result),
  (rows, columns, a, x, b, y, result))
DISPATCH(
  void, column_sums, (ptrdiff_t rows, ptrdiff_t columns, const double *x, double *sums),
  (rows, columns, x, sums))
DISPATCH(
  void, add_scaled, (ptrdiff_t count, double scale, const double *x, double *y),
  (count, scale, x, y))
DISPATCH(
  void, transpose, (ptrdiff_t rows, ptrdiff_t columns, const double *x, double *result),
  (rows, columns, x, result))
DISPATCH(void, tanh, (ptrdiff_t count, const double *x, double *result), (count, x, result))
DISPATCH(
  void, tanh_slopes, (ptrdiff_t count, const double *h, double *slopes), (count, h, slopes))
DISPATCH(
  void, adam,
  (ptrdiff_t count, const double *gradient, double rate, double mean_correction,
   double square_correction, double *means, double *squares, double *x),
  (count, gradient, rate, mean_correction, square_correction, means, squares, x))
DISPATCH(
  int, latent,
  (const struct kernel_latent *problem, int logarithmic, int with_gradient, int threads,
   struct kernel_latent_answer *answer),
  (problem, logarithmic, with_gradient, threads, answer))
DISPATCH(
  int, belief,
  (const struct kernel_belief *problem, int shared, int threads, double *sum, double *on),
  (problem, shared, threads, sum, on))
DISPATCH(
  int, smoother, (const struct kernel_smoother *problem, struct kernel_smoother_answer *answer),
  (problem, answer))
DISPATCH(
  int, messages, (const struct kernel_messages *problem, struct kernel_messages_answer *answer),
  (problem, answer))
DISPATCH(
  int, chain, (const struct kernel_chain *chain, struct kernel_chain_answer *answer),
  (chain, answer))
DISPATCH(
  double, best_path,
  (int states, int width, int64_t steps, const double *initial, const double *transition,
   const double *weights, double *scores, int32_t *path),
  (states, width, steps, initial, transition, weights, scores, path))
DISPATCH(
  int, grammar, (const struct kernel_grammar *grammar, struct kernel_grammar_answer *answer),
  (grammar, answer))
DISPATCH(
  int, tree,
  (int count, const double *scores, const double *root_scores, double *total, double *edges,
   double *roots),
  (count, scores, root_scores, total, edges, roots))

DISPATCH(
  double, particles_poisson,
  (ptrdiff_t count, double y, double offset, double decay, double deviation, double u,
   const double *noise, double *x, double *weights, double *parents),
  (count, y, offset, decay, deviation, u, noise, x, weights, parents))
DISPATCH(
  double, mixture,
  (int dimension, ptrdiff_t blocks, int components, int given, const double *x,
   const double *weights, const double *forms, double *shares, ptrdiff_t of_block, double *memory,
   double *sums),
  (dimension, blocks, components, given, x, weights, forms, shares, of_block, memory, sums))

DISPATCH(
  int, moments,
  (ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t used, const double *values,
   const double *weights, double weight, double *sums, double *about, double *scratch),
  (rows, columns, used, values, weights, weight, sums, about, scratch))

DISPATCH(
  void, combinations,
  (ptrdiff_t first, ptrdiff_t last, ptrdiff_t columns, ptrdiff_t samples, const double *factors,
   const ptrdiff_t *rows, const double *table, const double *subtracted, const double *known,
   double *result),
  (first, last, columns, samples, factors, rows, table, subtracted, known, result))

DISPATCH(void, helmholtz, (const struct kernel_helmholtz *machine), (machine))

void kernel_helmholtz_step(
  int layers, const ptrdiff_t *units, ptrdiff_t batch, double rate, double *parameters,
  double *memory, const double *uniforms) {
  struct kernel_helmholtz m = {
    .layers = layers, .batch = batch, .rate = rate, .uniforms = uniforms};
  for (int l = 0; l <= layers; l++) {
    m.units[l] = units[l];
    m.width[l] = (units[l] + 7) / 8 * 8;
  }
  for (int l = 0; l <= layers; l++) {
    m.down[l] = parameters;
    if (l < layers) parameters += m.units[l + 1] * m.width[l];
    m.down_bias[l] = parameters;
    parameters += m.width[l];
  }
  for (int l = 0; l < layers; l++) {
    m.up[l] = parameters;
    parameters += m.units[l] * m.width[l + 1];
    m.up_bias[l] = parameters;
    parameters += m.width[l + 1];
  }
  for (int l = 0; l <= layers; l++) {
    m.states[l] = memory;
    memory += batch * m.width[l];
  }
  m.dreams = memory;
  m.scratch = memory + batch * m.width[0];
  kernel_helmholtz(&m);
}

int kernel_smoother_arrays(
  int states, int outputs, ptrdiff_t steps, const double *mean, const double *covariance,
  const double *dynamics, const double *noise, const double *emission, const double *factor,
  const double *observed, double *misfit_scales_loss, double *means, double *covariances) {
  struct kernel_smoother problem = {
    .states = states, .outputs = outputs, .steps = steps, .mean = mean, .covariance = covariance,
    .dynamics = dynamics, .noise = noise, .emission = emission, .factor = factor,
    .observed = observed};
  struct kernel_smoother_answer answer = {.means = means, .covariances = covariances};
  int range = kernel_smoother(&problem, &answer);
  misfit_scales_loss[0] = answer.misfit;
  misfit_scales_loss[1] = answer.log_scales;
  misfit_scales_loss[2] = answer.loss;
  return range;
}

int kernel_latent_sum(
  int high, int low, int words, const double *weights, const double *bias, const double *log_on,
  const double *log_off, const double *counts, int64_t length, int logarithmic, int with_gradient,
  int threads, double *scale_and_sum, double *on, double *expected) {
  struct kernel_latent problem = {
    .high = high, .low = low, .words = words, .weights = weights, .bias = bias, .log_on = log_on,
    .log_off = log_off, .counts = counts, .length = length};
  struct kernel_latent_answer answer = {.on = on, .expected = expected};
  int range = kernel_latent(&problem, logarithmic, with_gradient, threads, &answer);
  scale_and_sum[0] = answer.log_scale;
  scale_and_sum[1] = answer.sum;
  return range;
}

int kernel_belief_sum(
  int top, int bottom, const double *weights, const double *bias, const double *on_prior,
  const double *off_prior, int shared, int threads, double *sum, double *on) {
  struct kernel_belief problem = {
    .top = top, .bottom = bottom, .weights = weights, .bias = bias, .on = on_prior,
    .off = off_prior};
  return kernel_belief(&problem, shared, threads, sum, on);
}
