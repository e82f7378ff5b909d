// What is done to every row of a matrix on its own, and sums over rows.
#ifndef TIGHTBOUND_ROWS_H
#define TIGHTBOUND_ROWS_H

#include "exponential.h"
#include <string.h>

// The first `count` of eight numbers, the others `other`.
KERNEL_INLINE eight load_some8(const double *from, ptrdiff_t count, double other) {
  if (count >= 8) return load8(from);
  eight x = all8(other);
  memcpy(&x, from, (size_t)count * sizeof(double));
  return x;
}

KERNEL_INLINE void store_some8(double *to, ptrdiff_t count, eight x) {
  if (count >= 8) store8(to, x);
  else memcpy(to, &x, (size_t)count * sizeof(double));
}

KERNEL_INLINE eight larger8(eight a, eight b) { return choose8(a > b, a, b); }

// shares = softmax of every row, normalisers = log sum exp of every row. Scores must be finite.
void KERNEL(softmax_rows)(
  ptrdiff_t rows, ptrdiff_t columns, const double *scores, double *shares, double *normalisers) {
  for (ptrdiff_t row = 0; row < rows; row++, scores += columns, shares += columns) {
    eight most = all8(-__builtin_inf());
    for (ptrdiff_t j = 0; j < columns; j += 8)
      most = larger8(load_some8(scores + j, columns - j, -__builtin_inf()), most);
    double largest = most[0];
    for (int i = 1; i < 8; i++) largest = most[i] > largest ? most[i] : largest;
    // The largest term is exp 0 = 1, so that the sum is from 1 to the number of columns.
    eight sum = all8(0);
    for (ptrdiff_t j = 0; j < columns; j += 8) {
      eight term = exp8(load_some8(scores + j, columns - j, -__builtin_inf()) - largest);
      sum += term;
      store_some8(shares + j, columns - j, term);
    }
    double total = sum8(sum);
    for (ptrdiff_t j = 0; j < columns; j += 8)
      store_some8(
        shares + j, columns - j, load_some8(shares + j, columns - j, 0) * (1 / total));
    normalisers[row] = largest + log8(all8(total))[0];
  }
}

// probabilities = sigmoid of every entry, totals = sum of log(1 + exp) over every row.
//
// With u = exp -|x|: sigmoid x is 1/(1 + u) or u/(1 + u), and log(1 + exp x) = max(x, 0) + log(1 + u),
// where what rounding took from 1 + u is put back.
void KERNEL(logistic_rows)(
  ptrdiff_t rows, ptrdiff_t columns, const double *logits, double *probabilities,
  double *totals) {
  const eight sign = all8(-0.0);
  for (ptrdiff_t row = 0; row < rows; row++, logits += columns, probabilities += columns) {
    eight total = all8(0);
    for (ptrdiff_t j = 0; j < columns; j += 8) {
      // Minus infinity adds nothing to the total.
      eight x = load_some8(logits + j, columns - j, -__builtin_inf());
      eight u = exp8((eight)((eight_integers)x | (eight_integers)sign));
      eight w = 1 + u;
      store_some8(probabilities + j, columns - j, choose8(x >= 0, all8(1), u) / w);
      total += larger8(x, all8(0)) + (log8(w) + (u - (w - 1)) / w);
    }
    totals[row] = sum8(total);
  }
}

// products[row] = sum over columns of x y; one row of y may do for all (of_y = 0).
void KERNEL(row_products)(
  ptrdiff_t rows, ptrdiff_t columns, const double *x, const double *y, ptrdiff_t of_y,
  double *products) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, y += of_y) {
    eight sum = all8(0);
    for (ptrdiff_t j = 0; j < columns; j += 8)
      sum += load_some8(x + j, columns - j, 0) * load_some8(y + j, columns - j, 0);
    products[row] = sum8(sum);
  }
}

// result = a[row] x + b[row] y.
void KERNEL(combined_rows)(
  ptrdiff_t rows, ptrdiff_t columns, const double *a, const double *x, const double *b,
  const double *y, double *result) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, y += columns, result += columns)
    for (ptrdiff_t j = 0; j < columns; j += 8) {
      eight left = load_some8(x + j, columns - j, 0), right = load_some8(y + j, columns - j, 0);
      store_some8(result + j, columns - j, a[row] * left + b[row] * right);
    }
}

// sums[column] = sum over rows of x.
void KERNEL(column_sums)(ptrdiff_t rows, ptrdiff_t columns, const double *x, double *sums) {
  for (ptrdiff_t j = 0; j < columns; j += 8) {
    eight sum = all8(0);
    for (ptrdiff_t row = 0; row < rows; row++)
      sum += load_some8(x + row * columns + j, columns - j, 0);
    store_some8(sums + j, columns - j, sum);
  }
}

// y += scale x.
void KERNEL(add_scaled)(ptrdiff_t count, double scale, const double *x, double *y) {
  for (ptrdiff_t j = 0; j < count; j += 8)
    store_some8(
      y + j, count - j, load_some8(y + j, count - j, 0) + scale * load_some8(x + j, count - j, 0));
}

// result = x transposed.
void KERNEL(transpose)(ptrdiff_t rows, ptrdiff_t columns, const double *x, double *result) {
  for (ptrdiff_t row = 0; row < rows; row++)
    for (ptrdiff_t j = 0; j < columns; j++) result[j * rows + row] = x[row * columns + j];
}

#endif
