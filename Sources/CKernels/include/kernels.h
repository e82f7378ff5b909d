// Arithmetic on arrays that is too slow on the package's baseline processor. What each function
// computes is said in its own file; the Swift room Kernels is the only one that sees this header.
#ifndef TIGHTBOUND_KERNELS_H
#define TIGHTBOUND_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// What became of the arithmetic (range.c). Anything but KERNEL_WITHIN_RANGE says that a result
// left the doubles on the way, and that the answer must come from log space instead.
#define KERNEL_WITHIN_RANGE 0
#define KERNEL_UNDERFLOW 1
#define KERNEL_OVERFLOW 2
#define KERNEL_INVALID 4
#define KERNEL_NO_MEMORY 8

void kernel_range_begin(void);
int kernel_range_end(void);

// threads.c
int kernel_processors(void);
typedef void (*kernel_task)(void *context, int index, int worker);
int kernel_parallel(
  int threads, int tasks, void (*prepare)(void *context), kernel_task task, void *context);

// elementwise.c
void kernel_exp(ptrdiff_t count, const double *x, double *result);
void kernel_log(ptrdiff_t count, const double *x, double *result);

// products.h
void kernel_product(
  ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t steps, const double *left, ptrdiff_t of_row,
  ptrdiff_t of_step, const double *right, const double *start, ptrdiff_t of_start, double *result);

// rows.h
void kernel_softmax_rows(
  ptrdiff_t rows, ptrdiff_t columns, const double *scores, double *shares, double *normalisers);
void kernel_logistic_rows(
  ptrdiff_t rows, ptrdiff_t columns, const double *logits, double *probabilities, double *totals);
void kernel_row_products(
  ptrdiff_t rows, ptrdiff_t columns, const double *x, const double *y, ptrdiff_t of_y,
  double *products);
void kernel_combined_rows(
  ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *x, const double *b,
  const double *y, double *result);
void kernel_column_sums(ptrdiff_t rows, ptrdiff_t columns, const double *x, double *sums);
void kernel_add_scaled(ptrdiff_t count, double scale, const double *x, double *y);
void kernel_transpose(ptrdiff_t rows, ptrdiff_t columns, const double *x, double *result);

// moments.h; scratch is for twice as many rows as this.
#define KERNEL_MOMENT_ROWS 64
int kernel_moments(
  ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t used, const double *values,
  const double *weights, double weight, double *sums, double *about, double *scratch);

void kernel_combinations(
  ptrdiff_t first, ptrdiff_t last, ptrdiff_t columns, ptrdiff_t samples, const double *factors,
  const ptrdiff_t *rows, const double *table, const double *subtracted, const double *known,
  double *result);

// training.h
void kernel_tanh(ptrdiff_t count, const double *x, double *result);
void kernel_tanh_slopes(ptrdiff_t count, const double *h, double *slopes);
void kernel_adam(
  ptrdiff_t count, const double *gradient, double rate, double mean_correction,
  double square_correction, double *means, double *squares, double *x);

// latent_factor.c
// The arrays are read and the last three written; the others are said in the struct below.
int kernel_latent_sum(
  int high, int low, int words, const double *weights, const double *bias, const double *log_on,
  const double *log_off, const double *counts, int64_t length, int logarithmic, int with_gradient,
  int threads, double *scale_and_sum, double *on, double *expected);

struct kernel_latent {
  int high, low;           // factors on each side; the high ones come first in every array
  int words;               // V
  const double *weights;   // [high + low][V]
  const double *bias;      // [V]
  const double *log_on;    // [high + low], log prior
  const double *log_off;   // [high + low], log (1 - prior)
  const double *counts;    // [V], how often the document has each word
  int64_t length;          // N, the sum of the counts
};

struct kernel_latent_answer {
  double log_scale;   // every other number is to be multiplied by exp(log_scale)
  double sum;         // sum over z of p(x, z)
  double *on;         // [high + low], the same sum over the z that have the factor
  double *expected;   // [high + low + 1][V], sum of p(x, z) z_d softmax_v; last row without z_d
};

// In plain doubles, or with a logarithm and an exponential for every z.
int kernel_latent(
  const struct kernel_latent *problem, int logarithmic, int with_gradient, int threads,
  struct kernel_latent_answer *answer);

// belief.h
struct kernel_belief {
  int top, bottom;          // units of the top, and of the layer below
  const double *weights;    // [top][bottom], the sign turned where a unit below is on
  const double *bias;       // [bottom], likewise
  const double *on, *off;   // [top], the prior
};

// Writes the sum and, unit by unit, the same sum over the settings that have it on. With `shared`, four
// products of (1 + exp) have to stay within the doubles when they are multiplied.
int kernel_belief(
  const struct kernel_belief *problem, int shared, int threads, double *sum, double *on);
int kernel_belief_sum(
  int top, int bottom, const double *weights, const double *bias, const double *on_prior,
  const double *off_prior, int shared, int threads, double *sum, double *on);

// smoother.h
struct kernel_smoother {
  int states, outputs;       // n of at most 8, m
  ptrdiff_t steps;           // T
  const double *mean;        // [n], of the first state
  const double *covariance;  // [n][n]
  const double *dynamics;    // [n][n]
  const double *noise;       // [n][n], of the dynamics
  const double *emission;    // [m][n], in coordinates in which the outputs have noise N(0, 1)
  const double *factor;      // [m][m], lower triangular: the outputs in these coordinates are
  const double *observed;    // [T][m], observed = factor times white
};

struct kernel_smoother_answer {
  double misfit;        // sum of squared surprises, each in units of its variance
  double log_scales;    // sum of the logarithms of these variances
  double loss;          // by how much the largest difference is smaller than its sides
  double *means;        // [T][n]
  double *covariances;  // [T][n][n]
};

int kernel_smoother(const struct kernel_smoother *problem, struct kernel_smoother_answer *answer);
int kernel_smoother_arrays(
  int states, int outputs, ptrdiff_t steps, const double *mean, const double *covariance,
  const double *dynamics, const double *noise, const double *emission, const double *factor,
  const double *observed, double *misfit_scales_loss, double *means, double *covariances);

// messages.h
struct kernel_messages {
  int states, outputs;       // n, m
  int start_doubts, noises;  // of at most n each
  ptrdiff_t steps;           // T
  const double *mean;        // [n], of the first state
  const double *doubts;      // [start_doubts][n], of the first state: covariance = doubts' doubts
  const double *dynamics;    // [n][n]
  const double *noise;       // [noises][n], of the dynamics: covariance = noise' noise
  const double *emission;    // [m][n], in coordinates in which the outputs have noise N(0, 1)
  const double *factor;      // [m][m], lower triangular: the outputs in these coordinates are
  const double *observed;    // [T][m], observed = factor times white
};

struct kernel_messages_answer {
  double *misfits;      // [T], |rho|^2 of each output as it was predicted
  double *diagonals;    // [T][n], |R_ii| of the same, ones where there are none
  double *means;        // [T][n]
  double *covariances;  // [T][n][n]
};

// Zero where there was no memory.
int kernel_messages(const struct kernel_messages *problem, struct kernel_messages_answer *answer);
int kernel_messages_arrays(
  int states, int outputs, int start_doubts, int noises, ptrdiff_t steps, const double *mean,
  const double *doubts, const double *dynamics, const double *noise, const double *emission,
  const double *factor, const double *observed, double *misfits, double *diagonals, double *means,
  double *covariances);

// chain.h
struct kernel_chain {
  int states;                // K
  int64_t steps;             // T, at least 1
  const double *initial;     // [width], zero from K on
  const double *transition;  // [width][width], zero from K on
  const double *weights;     // [symbols or T][width], zero from K on: p(observation | state)
  const ptrdiff_t *symbols;  // [T], which row of the weights a step has; null for row t, near 1
  ptrdiff_t symbol_count;    // rows of weights, where steps have symbols
};

struct kernel_chain_answer {
  double sum, exponent;      // the sum over all paths is sum * 2^exponent
  double *first;             // [width], p(z_0 = k | x); null with the next
  double *pairs;             // [width][width], expected steps; null if not asked for
  double *marginals;         // [T][K]; null if not asked for
};

// K made a multiple of sixteen: the length of the rows.
static inline int kernel_chain_width(int states) { return (states + 15) & ~15; }

int kernel_chain(const struct kernel_chain *chain, struct kernel_chain_answer *answer);

// The same with everything a parameter: counting, with_marginals and a symbol_count of zero say whether
// the arrays after them mean anything.
int kernel_chain_sum(
  int states, int64_t steps, const double *initial, const double *transition, const double *weights,
  ptrdiff_t symbol_count, const ptrdiff_t *symbols, double *sum_and_exponent, int counting, double *first,
  double *pairs, int with_marginals, double *marginals);

// grammar.h
struct kernel_grammar {
  int symbols;               // nonterminals
  int start;                 // the one at the top
  int rules;                 // rules with two nonterminals on the right
  const int32_t *symbols_of_rules;   // [rules][3]: left, first, second
  const double *probabilities;       // [rules]
  int words;                 // length of the sentence, at least 1
  const double *leaves;      // [words][symbols], p(A -> word)
};

struct kernel_grammar_answer {
  double sum, exponent;      // the sum over all derivations is sum * 2^exponent
  double *uses;              // [rules], how often each is expected; null if not asked for
  double *leaf_uses;         // [words][symbols], the same of p(A -> word); null with the other
};

int kernel_grammar(const struct kernel_grammar *grammar, struct kernel_grammar_answer *answer);

// The same with everything a parameter.
int kernel_grammar_sum(
  int symbols, int start, int rules, const int32_t *symbols_of_rules, const double *probabilities,
  int words, const double *leaves, double *sum_and_exponent, int counting, double *uses,
  double *leaf_uses);

// tree.h
// Nodes 0 ... count - 1; scores[head][modifier] and root_scores[word] are logarithms of weights. With
// root_scores null the root is node 0, and column 0 is not read; the diagonal never is. The total is
// total[0] * 2^total[1] * exp(total[2]); a total[0] of zero is no answer. edges[head][modifier] and
// roots[word] are shares of the total.
int kernel_tree(
  int count, const double *scores, const double *root_scores, double *total, double *edges,
  double *roots);

// helmholtz.h
#define KERNEL_HELMHOLTZ_LAYERS 8

// Layer 0 is observed, `layers` is the top; rows are filled up with zeros to a width of whole vectors.
struct kernel_helmholtz {
  int layers;                        // hidden layers, less than KERNEL_HELMHOLTZ_LAYERS
  ptrdiff_t batch;
  double rate;
  ptrdiff_t units[KERNEL_HELMHOLTZ_LAYERS], width[KERNEL_HELMHOLTZ_LAYERS];
  double *down[KERNEL_HELMHOLTZ_LAYERS];        // [units above][width], none for the top
  double *down_bias[KERNEL_HELMHOLTZ_LAYERS];   // [width]
  double *up[KERNEL_HELMHOLTZ_LAYERS];          // [units][width above], none for the top
  double *up_bias[KERNEL_HELMHOLTZ_LAYERS];     // [width above]
  double *states[KERNEL_HELMHOLTZ_LAYERS];      // [batch][width]; those of layer 0 are the data
  double *dreams;                               // [batch][width of layer 0]
  double *scratch;                              // [batch][largest width]
  const double *uniforms;            // [batch][width] a layer: up from 1 awake, down from the top asleep
};

void kernel_helmholtz(const struct kernel_helmholtz *machine);

// The same with everything in three arrays: units from the observed layer up; parameters, for each layer
// weights and bias down, then for each weights and bias up; memory for states, dreams and scratch.
void kernel_helmholtz_step(
  int layers, const ptrdiff_t *units, ptrdiff_t batch, double rate, double *parameters,
  double *memory, const double *uniforms);

// mixture.h
#define KERNEL_MIXTURE_DIMENSIONS 8
#define KERNEL_MIXTURE_BLOCK 64

// The sum of the points' log normalisers; 0 where the shares are given. Points [blocks][dimension][64], their
// weights [blocks][64] (1, or 0 for what fills up), shares [blocks][components][64] with `of_block` from one
// block to the next (0 keeps none but the last), forms and sums [components][1 + d + d (d + 1) / 2], memory for
// eight times as many.
double kernel_mixture(
  int dimension, ptrdiff_t blocks, int components, int given, const double *x,
  const double *weights, const double *forms, double *shares, ptrdiff_t of_block, double *memory,
  double *sums);

// particles.h
// One step of a bootstrap particle filter with a count y ~ Poisson(exp(x + offset)) and systematic resampling: returns
// the log of the mean weight, but for log y!, and leaves the next cloud in x, place n at decay * parent + deviation *
// noise[n]; -infinity, and x as it was, where nothing weighs anything. x, weights and parents have room for count + 8.
double kernel_particles_poisson(
  ptrdiff_t count, double y, double offset, double decay, double deviation, double u,
  const double *noise, double *x, double *weights, double *parents);

// best_path.h
// The path of the greatest sum initial[z_1] + weights[1][z_1] + transition[z_1][z_2] + weights[2][z_2] + ..., the first of
// equals, all in logarithms, -infinity for never. Rows of transition, and of scores, which is steps rows of memory, have
// a multiple of eight numbers, and those beyond the states are -infinity. Returns the sum.
double kernel_best_path(
  int states, int width, int64_t steps, const double *initial, const double *transition,
  const double *weights, double *scores, int32_t *path);

// The form of the kernels that is in use: 2 for AVX-512, 1 for AVX2, 0 for any processor. The environment variable
// TIGHTBOUND_KERNELS (baseline, avx2) asks for an older one than the processor could run.
int kernel_generation(void);

#endif
