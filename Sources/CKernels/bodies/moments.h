// Sums over weighted rows: what the exact law of a program is gathered from.
#ifndef TIGHTBOUND_MOMENTS_H
#define TIGHTBOUND_MOMENTS_H

#include "products.h"

KERNEL_INLINE eight magnitude8(eight x) {
  return (eight)((eight_integers)x & 0x7fffffffffffffffLL);
}

// Rows of a multiple of eight numbers, each with a positive weight. Added to what is there:
//
//   sums = sum w v and its compensation, sum w |v|, smallest v, largest v      [5][columns]
//
// Written: about = (sum w v) / (sum w) and the matrix sum w (v - about)(v - about)^T of these rows
// alone [1 + columns][columns], on and below the diagonal, for the first `used` columns. Scratch is for
// 2 KERNEL_MOMENT_ROWS rows. The answer is whether all values are finite.
int KERNEL(moments)(
  ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t used, const double *values, const double *weights,
  double weight, double *sums, double *about, double *scratch) {
  int finite = 1;
  for (ptrdiff_t j = 0; j < columns; j += 8) {
    double *at = sums + j;
    eight total = load8(at), lost = load8(at + columns), size = load8(at + 2 * columns);
    eight least = load8(at + 3 * columns), most = load8(at + 4 * columns), mean = all8(0);
    for (ptrdiff_t row = 0; row < rows; row++) {
      eight v = load8(values + row * columns + j), term = weights[row] * v;
      // Knuth's sum of two: next + error is total + term exactly.
      eight next = total + term, other = next - total;
      lost += (total - (next - other)) + (term - other);
      total = next;
      mean += term;
      size += magnitude8(term);
      least = choose8(v < least, v, least);
      most = choose8(v > most, v, most);
    }
    // One number that is not finite leaves a total that is not; a total may also leave the doubles.
    if (any8((total - total) != 0))
      for (ptrdiff_t row = 0; row < rows; row++) {
        eight v = load8(values + row * columns + j);
        if (any8((v - v) != 0)) finite = 0;
      }
    store8(at, total);
    store8(at + columns, lost);
    store8(at + 2 * columns, size);
    store8(at + 3 * columns, least);
    store8(at + 4 * columns, most);
    mean /= weight;
    store8(about + j, mean);
  }
  // The departures of a few rows at a time, which stay in the nearest memory.
  for (ptrdiff_t from = 0; from < rows; from += KERNEL_MOMENT_ROWS) {
    const ptrdiff_t some = rows - from < KERNEL_MOMENT_ROWS ? rows - from : KERNEL_MOMENT_ROWS;
    double *weighted = scratch + KERNEL_MOMENT_ROWS * columns;
    for (ptrdiff_t row = 0; row < some; row++)
      for (ptrdiff_t j = 0; j < columns; j += 8) {
        eight departure = load8(values + (from + row) * columns + j) - load8(about + j);
        store8(scratch + row * columns + j, departure);
        store8(weighted + row * columns + j, weights[from + row] * departure);
      }
    struct product scatter = {
      columns, columns, some, weighted, 1, columns, scratch, from ? about + columns : 0, columns,
      about + columns};
    for (ptrdiff_t row = 0; row < used; row += BLOCK_ROWS)
      for (ptrdiff_t column = 0; column < row + BLOCK_ROWS && column < used; column += 8)
        product_block(scatter, row, column, BLOCK_ROWS, 1);
  }
  return finite;
}

// result[n] = (1/samples) sum over s of (factors[n][s] - subtracted) times row rows[n][s] of the table,
// plus known, for each n from the first to before the last.
void KERNEL(combinations)(
  ptrdiff_t first, ptrdiff_t last, ptrdiff_t columns, ptrdiff_t samples, const double *factors,
  const ptrdiff_t *rows, const double *table, const double *subtracted, const double *known,
  double *result) {
  const double count = (double)samples, share = 1 / count;
  // A power of two divides as exactly when its inverse multiplies, and quicker.
  const int exact = (samples & (samples - 1)) == 0;
  for (ptrdiff_t j = 0; j < columns; j += 8) {
    const eight less = load8(subtracted + j), more = load8(known + j);
    for (ptrdiff_t n = first; n < last; n++) {
      eight sum = all8(0);
      for (ptrdiff_t s = n * samples; s < (n + 1) * samples; s++)
        sum += (factors[s] - less) * load8(table + rows[s] * columns + j);
      store8(result + n * columns + j, (exact ? sum * share : sum / count) + more);
    }
  }
}

#endif
