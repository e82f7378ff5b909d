// What the rest of the sentence contributes to every span, and how often each rule is expected.
//
//   above(B, C)     = sum over A of outside(i, j, A) p(A -> B C)
//   outside(i, k, B) += sum over C of above(B, C) inside(k, j, C)       for all k between i and j
//   outside(k, j, C) += sum over B of inside(i, k, B) above(B, C)
//   uses(A -> B C)   = p(A -> B C) / p(sentence) * sum over spans of outside(i, j, A) pairs(B, C)
//
// From wide spans to narrow ones, under the constants that the inside weights have. Reference: Lari
// and Young 1990.
#ifndef TIGHTBOUND_GRAMMAR_OUTSIDE_H
#define TIGHTBOUND_GRAMMAR_OUTSIDE_H

#include "grammar_inside.h"
#include "row_times.h"

struct KERNEL(grammar_uses) {
  const struct KERNEL(grammar_tables) *inside;
  double *outside;   // [i][j][panels * 16]
  double *rules;     // [B][panel of C][A, made panels * 16][sixteen C]
  double *uses;      // [panel of A][B][panels * 16][sixteen A]
  double *upper;     // [panel of A][GRAMMAR_SPANS][sixteen A]: outside weights of some spans
  double *above;     // [GRAMMAR_SPANS][rows][panels * 16]
  double *turned;    // one of them, C before B
};

KERNEL_INLINE double *outside_part(const struct KERNEL(grammar_uses) *at, int i, int j) {
  size_t places = (size_t)at->inside->words + 1;
  return at->outside + ((size_t)i * places + (size_t)j) * (size_t)at->inside->panels * PANEL;
}

KERNEL_INLINE void add_row_times(
  int rows, int width, const double *row, const double *matrix, double *result) {
  eight sums[ROW_VECTORS];
  for (int k = 0; k < width; k += PANEL) {
    row_times(2, rows, width, row, matrix + k, sums);
    for (int v = 0; v < 2; v++)
      store8(result + k + 8 * v, load8(result + k + 8 * v) + sums[v]);
  }
}

// From a span to all its parts.
KERNEL_INLINE void hand_down(
  const struct KERNEL(grammar_uses) *at, int i, int width, const double *above) {
  int rows = at->inside->rows, row = at->inside->panels * PANEL, j = i + width;
  for (int b = 0; b < rows; b++)
    for (int c = 0; c < row; c++) at->turned[c * row + b] = above[b * row + c];
  for (int k = i + 1; k < j; k++) {
    const double *left = left_part(at->inside, i, k - i), *right = left_part(at->inside, k, j - k);
    add_row_times(rows, row, right, at->turned, outside_part(at, i, k));
    add_row_times(rows, row, left, above, outside_part(at, k, j));
  }
}

KERNEL_INLINE void go_down(const struct KERNEL(grammar_uses) *at, double factor) {
  const struct KERNEL(grammar_tables) *inside = at->inside;
  int panels = inside->panels, n = inside->words;
  ptrdiff_t row = panels * PANEL, size = inside->rows * row;
  struct left upper = {
    .at = at->upper, .of_row = PANEL, .of_block = GRAMMAR_SPANS * PANEL, .of_step = 1,
    .blocks = panels, .steps = PANEL};
  struct left pairs = {
    .at = inside->pairs, .of_row = 1, .of_step = size, .blocks = 1, .steps = GRAMMAR_SPANS};
  for (int width = n; width > 1; width--)
    for (int first = 0; first + width <= n; first += GRAMMAR_SPANS) {
      int some = n - width + 1 - first;
      if (some > GRAMMAR_SPANS) some = GRAMMAR_SPANS;
      for (int s = 0; s < GRAMMAR_SPANS; s++)
        for (int a = 0; a < row; a++)
          at->upper[(a / PANEL * GRAMMAR_SPANS + s) * PANEL + a % PANEL] =
            s < some ? outside_part(at, first + s, first + s + width)[a] * factor : 0;
      for (int s = 0; s < some; s++) pairs_of_span(inside, first + s, width, inside->pairs + s * size);
      for (int panel = 0; panel < panels; panel++)
        panel_product(
          (int)size, pairs, at->upper + panel * GRAMMAR_SPANS * PANEL,
          at->uses + panel * size * PANEL, PANEL, 1);
      for (int panel = 0; panel < size / PANEL; panel++)
        panel_product(
          GRAMMAR_SPANS, upper, at->rules + panel * row * PANEL, at->above + panel * PANEL, size, 0);
      for (int s = 0; s < some; s++) hand_down(at, first + s, width, at->above + s * size);
    }
}

#endif
