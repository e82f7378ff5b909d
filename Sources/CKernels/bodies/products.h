// Products of small matrices whose operands lie row after row.
#ifndef TIGHTBOUND_PRODUCTS_H
#define TIGHTBOUND_PRODUCTS_H

#include "vectors.h"

// Rows and vectors of a block of the result: as many sums as the registers hold beside operands.
#if defined(KERNEL_REGISTERS) && KERNEL_REGISTERS == 32
#define BLOCK_ROWS 8
#define BLOCK_VECTORS 2
#elif defined(KERNEL_REGISTERS) && KERNEL_REGISTERS == 16
#define BLOCK_ROWS 4
#define BLOCK_VECTORS 1
#else
#define BLOCK_ROWS 2
#define BLOCK_VECTORS 1
#endif

// The entry (row, step) of the left operand is at[row * of_row + step * of_step], so that it may be
// transposed; entry (step, column) of the right one is right[step * columns + column]. The sums of a
// row begin with start[row * of_start ...], or with zero where there is no start.
struct product {
  ptrdiff_t rows, columns, steps;
  const double *left;
  ptrdiff_t of_row, of_step;
  const double *right, *start;
  ptrdiff_t of_start;
  double *result;
};

KERNEL_INLINE void product_block(
  struct product p, ptrdiff_t row, ptrdiff_t column, int rows, int vectors) {
  eight sums[BLOCK_ROWS][BLOCK_VECTORS];
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < vectors; v++)
      sums[r][v] = p.start ? load8(p.start + (row + r) * p.of_start + column + 8 * v) : all8(0);
  const double *left = p.left + row * p.of_row, *right = p.right + column;
  for (ptrdiff_t step = 0; step < p.steps; step++, left += p.of_step, right += p.columns) {
    eight factor[BLOCK_VECTORS];
    for (int v = 0; v < vectors; v++) factor[v] = load8(right + 8 * v);
    for (int r = 0; r < rows; r++)
      for (int v = 0; v < vectors; v++) sums[r][v] += left[r * p.of_row] * factor[v];
  }
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < vectors; v++)
      store8(p.result + (row + r) * p.columns + column + 8 * v, sums[r][v]);
}

// What is left of a row behind the last whole vector.
KERNEL_INLINE void product_rest(struct product p, ptrdiff_t row, ptrdiff_t column) {
  for (; column < p.columns; column++) {
    double sum = p.start ? p.start[row * p.of_start + column] : 0;
    for (ptrdiff_t step = 0; step < p.steps; step++)
      sum += p.left[row * p.of_row + step * p.of_step] * p.right[step * p.columns + column];
    p.result[row * p.columns + column] = sum;
  }
}

void KERNEL(product)(
  ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t steps, const double *left, ptrdiff_t of_row,
  ptrdiff_t of_step, const double *right, const double *start, ptrdiff_t of_start,
  double *result) {
  struct product p = {rows, columns, steps, left, of_row, of_step, right, start, of_start, result};
  ptrdiff_t row = 0;
  for (; row + BLOCK_ROWS <= rows; row += BLOCK_ROWS) {
    ptrdiff_t column = 0;
    for (; column + 8 * BLOCK_VECTORS <= columns; column += 8 * BLOCK_VECTORS)
      product_block(p, row, column, BLOCK_ROWS, BLOCK_VECTORS);
    for (; column + 8 <= columns; column += 8) product_block(p, row, column, BLOCK_ROWS, 1);
    for (int r = 0; r < BLOCK_ROWS; r++) product_rest(p, row + r, column);
  }
  for (; row < rows; row++) {
    ptrdiff_t column = 0;
    for (; column + 8 <= columns; column += 8) product_block(p, row, column, 1, 1);
    product_rest(p, row, column);
  }
}

#endif
