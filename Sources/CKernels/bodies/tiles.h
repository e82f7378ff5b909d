// Products of small matrices, kept in registers.
//
// Operands on the right lie in panels: a panel holds sixteen columns of its matrix, row after row, so
// that a tile reads memory in one go whatever the size of the whole.
#ifndef TIGHTBOUND_TILES_H
#define TIGHTBOUND_TILES_H

#include "vectors.h"

#define PANEL 16

// Rows and vectors of a tile: as many sums as the registers hold beside their operands.
#if defined(KERNEL_REGISTERS) && KERNEL_REGISTERS == 32
#define TILE_ROWS 8
#define TILE_VECTORS 2
#elif defined(KERNEL_REGISTERS) && KERNEL_REGISTERS == 16
#define TILE_ROWS 4
#define TILE_VECTORS 1
#else
#define TILE_ROWS 2
#define TILE_VECTORS 1
#endif

// Where the left operand has its entry (row, block, step): at row * of_row + block * of_block +
// step * of_step. The right operand has sixteen columns a step, all blocks in a row.
struct left {
  const double *at;
  ptrdiff_t of_row, of_block, of_step;
  int blocks, steps;
};

KERNEL_INLINE void tile(struct left a, const double *b, double *c, ptrdiff_t c_row, int add) {
  eight sums[TILE_ROWS][TILE_VECTORS];
  for (int r = 0; r < TILE_ROWS; r++)
    for (int v = 0; v < TILE_VECTORS; v++)
      sums[r][v] = add ? load8(c + r * c_row + 8 * v) : all8(0);
  for (int block = 0; block < a.blocks; block++) {
    const double *at = a.at + block * a.of_block;
    for (int step = 0; step < a.steps; step++, at += a.of_step, b += PANEL) {
      eight right[TILE_VECTORS];
      for (int v = 0; v < TILE_VECTORS; v++) right[v] = load8(b + 8 * v);
      for (int r = 0; r < TILE_ROWS; r++)
        for (int v = 0; v < TILE_VECTORS; v++) sums[r][v] += at[r * a.of_row] * right[v];
    }
  }
  for (int r = 0; r < TILE_ROWS; r++)
    for (int v = 0; v < TILE_VECTORS; v++) store8(c + r * c_row + 8 * v, sums[r][v]);
}

// c = a b, or c += a b, for sixteen columns of b and a number of rows that is a multiple of eight.
KERNEL_INLINE void panel_product(
  int rows, struct left a, const double *b, double *c, ptrdiff_t c_row, int add) {
  const double *first = a.at;
  for (int column = 0; column < PANEL; column += 8 * TILE_VECTORS)
    for (int row = 0; row < rows; row += TILE_ROWS) {
      a.at = first + row * a.of_row;
      tile(a, b + column, c + row * c_row + column, c_row, add);
    }
}

#endif
