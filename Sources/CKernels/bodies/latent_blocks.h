// One block of rows and columns of latent_factor.h: normalisers, p(x, z) and the matrix A.
#ifndef TIGHTBOUND_LATENT_BLOCKS_H
#define TIGHTBOUND_LATENT_BLOCKS_H

#include "latent_tables.h"

struct KERNEL(scratch) {
  double *joint;     // [32][64]: normalisers, then p(x, z), then A
  double *ahead;     // [panels][32][16]: A F
  double *upward;    // [panels][low.padded][16]: A^T E
  double *columns;   // [low.padded]: sums of p(x, z) over rows
  double *rows;      // [32][8]: sums over columns, eight of them a row
};

// Four numbers, each times its base to the same power.
KERNEL_INLINE void KERNEL(times_power)(eight result[4], const eight base[4], int64_t exponent) {
  eight b0 = base[0], b1 = base[1], b2 = base[2], b3 = base[3];
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result[0] *= b0, result[1] *= b1, result[2] *= b2, result[3] *= b3;
    // The last square is not needed, and might leave the range.
    if (exponent > 1) b0 *= b0, b1 *= b1, b2 *= b2, b3 *= b3;
  }
}

static void KERNEL(normalisers)(
  const struct KERNEL(latent_sum) *sum, int row, int column, double *joint) {
  struct left e = {
    .at = sum->high.factor + (ptrdiff_t)row * PANEL, .of_row = PANEL,
    .of_block = (ptrdiff_t)sum->high.padded * PANEL, .of_step = 1,
    .blocks = sum->panels, .steps = PANEL};
  for (int c = 0; c < COLUMN_BLOCK; c += PANEL)
    panel_product(
      ROW_BLOCK, e, sum->turned + (ptrdiff_t)(column + c) * sum->panels * PANEL, joint + c,
      COLUMN_BLOCK, 0);
}

// p(x, z) = L R / norm^N in plain doubles. Four settings share a division, which takes as long as
// thirty products: 1/a = b (cd) / (abcd), and so on.
static void KERNEL(linear_joint)(
  const struct KERNEL(latent_sum) *sum, int row, int column, struct KERNEL(scratch) s) {
  int64_t length = sum->problem->length;
  const double *left = sum->high.weight + row;
  for (int c = 0; c < COLUMN_BLOCK; c += 8) {
    eight right = load8(sum->low.weight + column + c);
    eight total = load8(s.columns + column + c);
    for (int r = 0; r < ROW_BLOCK; r += 4) {
      double *at = s.joint + r * COLUMN_BLOCK + c;
      eight norm[4], inverse[4];
      for (int i = 0; i < 4; i++) norm[i] = load8(at + i * COLUMN_BLOCK);
      eight first = norm[0] * norm[1], second = norm[2] * norm[3];
      eight all = 1 / (first * second);
      first *= all, second *= all;
      inverse[0] = norm[1] * second, inverse[1] = norm[0] * second;
      inverse[2] = norm[3] * first, inverse[3] = norm[2] * first;
      eight joint[4];
      for (int i = 0; i < 4; i++) joint[i] = left[r + i] * right;
      KERNEL(times_power)(joint, inverse, length);
      for (int i = 0; i < 4; i++) {
        double *in_row = s.rows + 8 * (r + i);
        store8(in_row, load8(in_row) + joint[i]);
        total += joint[i];
        store8(at + i * COLUMN_BLOCK, joint[i] * inverse[i]);
      }
    }
    store8(s.columns + column + c, total);
  }
}

// The score of a word in a setting.
KERNEL_INLINE double KERNEL(score)(const struct KERNEL(latent_sum) *sum, int h, int l, int v) {
  return sum->high.score[KERNEL(entry)(sum->high.padded, h, v)] +
         sum->low.score[KERNEL(entry)(sum->low.padded, l, v)];
}

// log norm of a setting whose normaliser is too small for the product of matrices.
static double KERNEL(direct_normaliser)(const struct KERNEL(latent_sum) *sum, int h, int l) {
  double most = KERNEL(score)(sum, h, l, 0);
  for (int v = 1; v < sum->problem->words; v++) {
    double score = KERNEL(score)(sum, h, l, v);
    most = score > most ? score : most;
  }
  eight total = all8(0);
  for (int v = 0; v < sum->panels * PANEL; v += 8)
    total += exp8(
      load8(sum->high.score + KERNEL(entry)(sum->high.padded, h, v)) +
      load8(sum->low.score + KERNEL(entry)(sum->low.padded, l, v)) - most);
  return most + log(sum8(total));
}

// log p(x, z) = log L + log R - N log norm, beside the normalisers as they were found.
static void KERNEL(logarithms)(
  const struct KERNEL(latent_sum) *sum, int row, int column, const double *norms, double *joint) {
  double length = (double)sum->problem->length;
  for (int r = 0; r < ROW_BLOCK; r++)
    for (int c = 0; c < COLUMN_BLOCK; c += 8) {
      eight found = load8(norms + r * COLUMN_BLOCK + c);
      eight norm = log8(found) + sum->high.greatest[row + r] + load8(sum->low.greatest + column + c);
      eight_integers small = found < SMALL_NORMALISER;
      for (int i = 0; i < 8 && any8(small); i++)
        if (small[i]) norm[i] = KERNEL(direct_normaliser)(sum, row + r, column + c + i);
      eight log_joint =
        sum->high.weight[row + r] + load8(sum->low.weight + column + c) - length * norm;
      store8(joint + r * COLUMN_BLOCK + c, log_joint);
    }
}

// Adds the block's share of the evidence, keeping the greatest term beside the sum.
static void KERNEL(gather)(struct KERNEL(slab) *slab, const double *joint) {
  eight most = load8(joint);
  for (int i = 8; i < ROW_BLOCK * COLUMN_BLOCK; i += 8) {
    eight x = load8(joint + i);
    most = choose8(x > most, x, most);
  }
  double greatest = slab->greatest;
  for (int i = 0; i < 8; i++) greatest = most[i] > greatest ? most[i] : greatest;
  if (greatest == -__builtin_inf()) return;
  eight total = all8(0);
  for (int i = 0; i < ROW_BLOCK * COLUMN_BLOCK; i += 8)
    total += exp8(load8(joint + i) - greatest);
  slab->sum = slab->sum * exp(slab->greatest - greatest) + sum8(total);
  slab->greatest = greatest;
}

// A setting without a usable normaliser puts its words into the sums by itself.
static void KERNEL(add_directly)(
  const struct KERNEL(latent_sum) *sum, struct KERNEL(slab) *slab, int h, int l, double joint) {
  const struct kernel_latent *p = sum->problem;
  double norm = KERNEL(direct_normaliser)(sum, h, l);
  int factors = p->high + p->low;
  for (int v = 0; v < p->words; v++) {
    double share = joint * exp(KERNEL(score)(sum, h, l, v) - norm);
    for (int d = 0; d < factors; d++)
      if (d < p->high ? h >> d & 1 : l >> (d - p->high) & 1)
        slab->expected[(ptrdiff_t)d * p->words + v] += share;
    slab->expected[(ptrdiff_t)factors * p->words + v] += share;
  }
}

// p(z | x) from its logarithms, and A from both.
static void KERNEL(posterior)(
  const struct KERNEL(latent_sum) *sum, struct KERNEL(slab) *slab, int row, int column,
  const double *logarithms, struct KERNEL(scratch) s) {
  for (int c = 0; c < COLUMN_BLOCK; c += 8) {
    eight total = load8(s.columns + column + c);
    for (int r = 0; r < ROW_BLOCK; r++) {
      double *at = s.joint + r * COLUMN_BLOCK + c;
      eight norm = load8(at);
      eight joint = exp8(load8(logarithms + r * COLUMN_BLOCK + c) - sum->evidence);
      store8(s.rows + 8 * r, load8(s.rows + 8 * r) + joint);
      total += joint;
      eight_integers small = norm < SMALL_NORMALISER;
      for (int i = 0; i < 8 && any8(small); i++)
        if (small[i] && joint[i] > 0)
          KERNEL(add_directly)(sum, slab, row + r, column + c + i, joint[i]);
      // 0 / 1 where there is no normaliser. A quotient that is thrown away afterwards is one that a
      // compiler divides by nothing, which raises a flag.
      store8(at, choose8(small, all8(0), joint) / choose8(small, all8(1), norm));
    }
    store8(s.columns + column + c, total);
  }
}

#endif
