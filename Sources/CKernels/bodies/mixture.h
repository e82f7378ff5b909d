// One sweep over the points of a Gaussian mixture: each point's responsibilities, from a quadratic form
// a component, and the sums that they weigh.
//
// Points lie in blocks of 64, coordinate by coordinate; what fills up the last block counts for nothing.
// A component is a list of numbers, of which there are as many as sums of it:
//   c, m [d], U, the rows of a lower triangle      score(x) = c - |U (x - m)|^2 / 2
//   sum r, sum r (x - m), the lower triangle of sum r (x - m)(x - m)^T
// Differences from m are taken first, so that nothing cancels however far the points are from zero.
#ifndef TIGHTBOUND_MIXTURE_H
#define TIGHTBOUND_MIXTURE_H

#include "exponential.h"
#include "rows.h"
#include <string.h>

#define MIXTURE_BLOCK KERNEL_MIXTURE_BLOCK

// shares = softmax of the scores of a block's points, component by component; the sum of their
// normalisers.
KERNEL_INLINE eight mixture_shares(
  int d, int components, const double *x, const double *weights, const double *forms,
  double *shares) {
  const int size = 1 + d + d * (d + 1) / 2;
  eight total = all8(0);
  for (int v = 0; v < MIXTURE_BLOCK; v += 8) {
    eight most = all8(-__builtin_inf());
    for (int k = 0; k < components; k++) {
      const double *form = forms + k * size, *root = form + 1 + d;
      eight difference[KERNEL_MIXTURE_DIMENSIONS], square = all8(0);
      for (int i = 0; i < d; i++) {
        difference[i] = load8(x + i * MIXTURE_BLOCK + v) - form[1 + i];
        eight y = all8(0);
        for (int j = 0; j <= i; j++) y += *root++ * difference[j];
        square += y * y;
      }
      eight score = form[0] - 0.5 * square;
      store8(shares + k * MIXTURE_BLOCK + v, score);
      most = larger8(score, most);
    }
    eight sum = all8(0);
    for (int k = 0; k < components; k++) {
      double *share = shares + k * MIXTURE_BLOCK + v;
      eight term = exp8(load8(share) - most);
      sum += term;
      store8(share, term);
    }
    eight weight = load8(weights + v), scale = weight / sum;
    for (int k = 0; k < components; k++) {
      double *share = shares + k * MIXTURE_BLOCK + v;
      store8(share, load8(share) * scale);
    }
    total += weight * (most + log8(sum));
  }
  return total;
}

// Adds a block's part of the sums, eight of each side by side.
KERNEL_INLINE void mixture_sums(
  int d, int components, const double *x, const double *forms, const double *shares,
  double *sums) {
  const int size = 1 + d + d * (d + 1) / 2;
  for (int k = 0; k < components; k++, sums += 8 * size) {
    const double *form = forms + k * size;
    eight local[1 + KERNEL_MIXTURE_DIMENSIONS * (KERNEL_MIXTURE_DIMENSIONS + 3) / 2];
    for (int s = 0; s < size; s++) local[s] = load8(sums + 8 * s);
    for (int v = 0; v < MIXTURE_BLOCK; v += 8) {
      eight share = load8(shares + k * MIXTURE_BLOCK + v);
      eight difference[KERNEL_MIXTURE_DIMENSIONS];
      local[0] += share;
      int s = 1 + d;
      for (int i = 0; i < d; i++) {
        difference[i] = load8(x + i * MIXTURE_BLOCK + v) - form[1 + i];
        eight weighted = share * difference[i];
        local[1 + i] += weighted;
        for (int j = 0; j <= i; j++) local[s++] += weighted * difference[j];
      }
    }
    for (int s = 0; s < size; s++) store8(sums + 8 * s, local[s]);
  }
}

KERNEL_INLINE double mixture_blocks(
  int d, ptrdiff_t blocks, int components, int given, const double *x, const double *weights,
  const double *forms, double *shares, ptrdiff_t of_block, double *sums) {
  eight total = all8(0);
  for (ptrdiff_t b = 0; b < blocks; b++) {
    if (!given) total += mixture_shares(d, components, x, weights, forms, shares);
    mixture_sums(d, components, x, forms, shares, sums);
    x += d * MIXTURE_BLOCK;
    weights += MIXTURE_BLOCK;
    shares += of_block;
  }
  return sum8(total);
}

double KERNEL(mixture)(
  int dimension, ptrdiff_t blocks, int components, int given, const double *x,
  const double *weights, const double *forms, double *shares, ptrdiff_t of_block, double *memory,
  double *sums) {
  const int size = 1 + dimension + dimension * (dimension + 1) / 2;
  memset(memory, 0, (size_t)(8 * components * size) * sizeof(double));
  double total;
  // The dimensions that are met most are compiled apart, with every loop over them written out.
  switch (dimension) {
#define MIXTURE_CASE(d)                                                                        \
  case d:                                                                                      \
    total = mixture_blocks(                                                                    \
      d, blocks, components, given, x, weights, forms, shares, of_block, memory);              \
    break;
    MIXTURE_CASE(1)
    MIXTURE_CASE(2)
    MIXTURE_CASE(3)
  default:
    total = mixture_blocks(
      dimension, blocks, components, given, x, weights, forms, shares, of_block, memory);
#undef MIXTURE_CASE
  }
  for (int s = 0; s < components * size; s++) sums[s] = sum8(load8(memory + 8 * s));
  return total;
}

#endif
