// Forward and backward over a Markov chain seen through its observations, in plain doubles.
//
//   f_0 = initial o e_0        f_t = (f_{t-1} A) o e_t
//   b_last = 1                 b_t = A g_{t+1},   g_t = e_t o b_t
//   p(z_t = i, z_{t+1} = j | x) = f_t(i) A(i, j) g_{t+1}(j) / f_t . b_t
//
// where o multiplies entry by entry and e_t(k) is the weight of observation t in state k. Every f and
// every g is multiplied by a power of two that brings the one before it near 1: nothing is rounded,
// no logarithm is taken on the way, and the sum that the power comes from is worked out beside the
// product that does not wait for it. So are the weights of a symbol, once. Pairs are summed a block of steps at a time, as one product of
// matrices. Reference: Rabiner 1989.
#include "row_times.h"
#include "tiles.h"
#include <stdlib.h>

#define CHAIN_BLOCK 64

// result = (row matrix) o factor * scale; the product itself is kept in `plain` if that is asked.
KERNEL_INLINE void chain_columns(
  int vectors, int rows, ptrdiff_t width, const double *row, const double *matrix,
  const double *factor, double scale, double *plain, double *result) {
  eight sums[ROW_VECTORS];
  row_times(vectors, rows, width, row, matrix, sums);
  for (int v = 0; v < vectors; v++) {
    if (plain) store8(plain + 8 * v, sums[v]);
    store8(result + 8 * v, sums[v] * (load8(factor + 8 * v) * scale));
  }
}

KERNEL_INLINE void chain_step(
  int rows, int width, const double *row, const double *matrix, const double *factor, double scale,
  double *plain, double *result) {
  int k = 0;
  for (; k + 8 * ROW_VECTORS <= width; k += 8 * ROW_VECTORS)
    chain_columns(
      ROW_VECTORS, rows, width, row, matrix + k, factor + k, scale, plain ? plain + k : NULL,
      result + k);
  // The width is a multiple of two vectors.
  if (k < width)
    chain_columns(
      2, rows, width, row, matrix + k, factor + k, scale, plain ? plain + k : NULL, result + k);
}

struct KERNEL(chain_tables) {
  const struct kernel_chain *chain;
  int rows, width;           // K made even, and K made a multiple of sixteen
  double *transition, *transposed;
  const double *weights;     // brought near 1 where they belong to symbols
  double *exponents;         // what that has taken out of each symbol, as a power of two
};

KERNEL_INLINE const double *weights_at(const struct KERNEL(chain_tables) *at, int64_t t) {
  return at->weights + (at->chain->symbols ? at->chain->symbols[t] : t) * at->width;
}

KERNEL_INLINE void scale_symbols(const struct KERNEL(chain_tables) *at, double *weights) {
  for (int64_t s = 0; s < at->chain->symbol_count; s++) {
    const double *from = at->chain->weights + s * at->width;
    double sum = sum_of_row(at->width, from);
    at->exponents[s] = 0;
    // What no state emits stays as it is.
    double factor = sum > 0 ? towards_one(sum, &at->exponents[s]) : 1;
    for (int k = 0; k < at->width; k += 8)
      store8(weights + s * at->width + k, load8(from + k) * factor);
  }
}

// f_t for all t, in `rows_of_f` rows that are used in turn; returns the sum of the last one.
KERNEL_INLINE double chain_forward(
  const struct KERNEL(chain_tables) *at, double *f, int64_t rows_of_f, double *exponent) {
  const struct kernel_chain *chain = at->chain;
  int width = at->width;
  for (int k = 0; k < width; k += 8)
    store8(f + k, load8(chain->initial + k) * load8(weights_at(at, 0) + k));
  double *last = f;
  for (int64_t t = 1, row = 1; t < chain->steps; t++, row++) {
    if (row == rows_of_f) row = 0;
    double *next = f + row * width;
    double sum = sum_of_row(width, last);
    if (sum == 0) return 0;
    double scale = towards_one(sum, exponent);
    chain_step(at->rows, width, last, at->transition, weights_at(at, t), scale, NULL, next);
    last = next;
  }
  for (int64_t t = 0; chain->symbols && t < chain->steps; t++)
    *exponent += at->exponents[chain->symbols[t]];
  return sum_of_row(width, last);
}

// What the backward pass holds: b_t and g_t of two steps, and of a block of steps
// g_t / (f_{t-1} . b_{t-1}) in panels of sixteen states.
struct KERNEL(chain_backward) {
  double *b, *g, *other, *block, *pairs;
};

// pairs(i, j) += sum of f_t(i) (g_{t+1}(j) / f_t . b_t) over a block of steps, f going down.
KERNEL_INLINE void add_pairs(
  int steps, int width, const double *f, const double *block, double *pairs) {
  struct left a = {.at = f, .of_row = 1, .of_step = -(ptrdiff_t)width, .blocks = 1, .steps = steps};
  for (int k = 0; k < width; k += PANEL)
    panel_product(width, a, block + k * CHAIN_BLOCK, pairs + k, width, 1);
}

KERNEL_INLINE void chain_marginals(
  const struct kernel_chain *chain, int width, int64_t t, const double *f, const double *b,
  double scale, double *first, double *marginals) {
  if (t == 0)
    for (int k = 0; k < width; k += 8) store8(first + k, load8(f + k) * load8(b + k) * scale);
  if (!marginals) return;
  marginals += t * chain->states;
  for (int k = 0; k < chain->states; k++) marginals[k] = f[k] * b[k] * scale;
}

KERNEL_INLINE void chain_backward(
  const struct KERNEL(chain_tables) *tables, const double *f, struct KERNEL(chain_backward) at,
  double *first, double *marginals) {
  const struct kernel_chain *chain = tables->chain;
  int width = tables->width;
  int64_t t = chain->steps - 1;
  double ignored = 0;
  for (int k = 0; k < width; k++) at.b[k] = k < chain->states;
  f += t * width;
  chain_marginals(chain, width, t, f, at.b, 1 / sum_of_row(width, f), first, marginals);
  for (int k = 0; k < width; k += 8)
    store8(at.g + k, load8(at.b + k) * load8(weights_at(tables, t) + k));
  int inside = 0;
  while (t-- > 0) {
    f -= width;
    double scale = towards_one(sum_of_row(width, at.g), &ignored);
    chain_step(
      tables->rows, width, at.g, tables->transposed, weights_at(tables, t), scale, at.b, at.other);
    double share = 1 / dot_of_rows(width, f, at.b);
    for (int k = 0; k < width; k += 8)
      store8(
        at.block + (k / PANEL * CHAIN_BLOCK + inside) * PANEL + k % PANEL,
        load8(at.g + k) * share);
    chain_marginals(chain, width, t, f, at.b, share, first, marginals);
    double *g = at.g;
    at.g = at.other;
    at.other = g;
    if (++inside == CHAIN_BLOCK || t == 0) {
      add_pairs(inside, width, f + (inside - 1) * width, at.block, at.pairs);
      inside = 0;
    }
  }
}

KERNEL_INLINE int chain_of_width(
  const struct kernel_chain *chain, int width, int rows, struct kernel_chain_answer *answer) {
  struct KERNEL(chain_tables) tables = {
    .chain = chain, .rows = rows, .width = width, .weights = chain->weights};
  int counting = answer->pairs != NULL;
  size_t row = (size_t)width, square = row * row;
  int64_t rows_of_f = counting ? chain->steps : 2;
  size_t symbols = chain->symbols ? (size_t)chain->symbol_count : 0;
  // A number of lines of the cache that has room for every exponent.
  size_t exponents = (symbols + 7) & ~(size_t)7;
  size_t doubles = square + symbols * row + exponents + (size_t)rows_of_f * row;
  if (counting) doubles += square + 3 * row + row * CHAIN_BLOCK;
  // Rows begin where lines of the cache do: a vector that lies across two is loaded twice.
  double *memory = aligned_alloc(64, doubles * sizeof(double));
  if (!memory) return KERNEL_NO_MEMORY;
  tables.transition = memory;
  tables.exponents = memory + square + symbols * row;
  double *f = tables.exponents + exponents;
  tables.transposed = f + (size_t)rows_of_f * row;
  memcpy(tables.transition, chain->transition, square * sizeof(double));
  kernel_range_begin();
  if (chain->symbols) {
    scale_symbols(&tables, memory + square);
    tables.weights = memory + square;
  }
  answer->exponent = 0;
  answer->sum = chain_forward(&tables, f, rows_of_f, &answer->exponent);
  if (counting && answer->sum > 0) {
    for (int i = 0; i < width; i++)
      for (int j = 0; j < width; j++)
        tables.transposed[j * width + i] = tables.transition[i * width + j];
    struct KERNEL(chain_backward) at = {.b = tables.transposed + square, .pairs = answer->pairs};
    at.g = at.b + width;
    at.other = at.g + width;
    at.block = at.other + width;
    memset(answer->pairs, 0, square * sizeof(double));
    chain_backward(&tables, f, at, answer->first, answer->marginals);
    for (size_t k = 0; k < square; k += 8)
      store8(answer->pairs + k, load8(answer->pairs + k) * load8(tables.transition + k));
  }
  int range = kernel_range_end();
  free(memory);
  return range;
}

// The compiler knows the length of the most frequent rows.
int KERNEL(chain)(const struct kernel_chain *chain, struct kernel_chain_answer *answer) {
  int width = kernel_chain_width(chain->states);
  if (width == 16) return chain_of_width(chain, 16, (chain->states + 1) & ~1, answer);
  if (width == 32) return chain_of_width(chain, 32, (chain->states + 1) & ~1, answer);
  return chain_of_width(chain, width, (chain->states + 1) & ~1, answer);
}
