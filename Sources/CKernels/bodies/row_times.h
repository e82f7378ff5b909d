// A row times a matrix, its sums kept in registers.
#ifndef TIGHTBOUND_ROW_TIMES_H
#define TIGHTBOUND_ROW_TIMES_H

#include "vectors.h"
#include <string.h>

// Vectors of columns whose sums stay in registers, twice over.
#if defined(KERNEL_REGISTERS)
#define ROW_VECTORS 4
#else
#define ROW_VECTORS 2
#endif

// sums = row matrix, for a few vectors of columns; an even number of rows, of `width` each.
KERNEL_INLINE void row_times(
  int vectors, int rows, ptrdiff_t width, const double *row, const double *matrix, eight *sums) {
  eight odd[ROW_VECTORS];
  for (int v = 0; v < vectors; v++) sums[v] = odd[v] = all8(0);
  for (int i = 0; i < rows; i += 2, matrix += 2 * width) {
    for (int v = 0; v < vectors; v++) sums[v] += row[i] * load8(matrix + 8 * v);
    for (int v = 0; v < vectors; v++) odd[v] += row[i + 1] * load8(matrix + width + 8 * v);
  }
  for (int v = 0; v < vectors; v++) sums[v] += odd[v];
}

KERNEL_INLINE double sum_of_row(int width, const double *x) {
  eight sum = load8(x);
  for (int k = 8; k < width; k += 8) sum += load8(x + k);
  return sum8(sum);
}

KERNEL_INLINE double dot_of_rows(int width, const double *x, const double *y) {
  eight sum = load8(x) * load8(y);
  for (int k = 8; k < width; k += 8) sum += load8(x + k) * load8(y + k);
  return sum8(sum);
}

// 2^-n for a positive number from 2^n to below 2^(n + 1); n is added to the exponent.
KERNEL_INLINE double towards_one(double x, double *exponent) {
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int64_t biased = bits >> 52;
  if (biased == 0) biased = 1;
  *exponent += (double)(biased - 1023);
  bits = (2046 - biased) << 52;
  memcpy(&x, &bits, sizeof bits);
  return x;
}

#endif
