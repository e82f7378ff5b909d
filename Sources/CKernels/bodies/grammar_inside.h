// The inside weights of all spans of a sentence under a grammar in Chomsky normal form, in plain
// doubles.
//
//   pairs(B, C)    = sum over i < k < j of inside(i, k, B) inside(k, j, C)
//   inside(i, j, A) = sum over B, C of p(A -> B C) pairs(B, C)
//
// Both are products of matrices: the first over the places where a span is split, the second over all
// pairs for eight spans of the same width at once. Nothing needs to be brought to the same scale on
// the way: with every word's leaf multiplied by a constant of its own and every rule by one constant,
// all ways to derive span (i, j) carry the same factor, the constants of its words times the rule's
// to the power of its width less one. The constants are powers of two, chosen while the spans grow.
// References: Baker 1979; Lari and Young 1990.
#ifndef TIGHTBOUND_GRAMMAR_INSIDE_H
#define TIGHTBOUND_GRAMMAR_INSIDE_H

#include "tiles.h"
#include <math.h>
#include <string.h>

// Spans whose pairs are worked out before the rules are applied to them.
#define GRAMMAR_SPANS 8

struct KERNEL(grammar_tables) {
  int symbols, panels, rows, words;
  // rules[panel of A][B][C][sixteen A]
  double *rules;
  // left[i][width][panels][16] and right[panel][j][i][16]: the same numbers, so that the parts of a
  // span that a sum runs over lie in a row. Entries of symbols from `symbols` on are zero.
  double *left, *right;
  double *pairs;     // [GRAMMAR_SPANS][rows][panels * 16]
  double *inside;    // [GRAMMAR_SPANS][panels * 16]
  int exponent;      // the constant of the rules, as a power of two
};

KERNEL_INLINE double *left_part(const struct KERNEL(grammar_tables) *at, int i, int width) {
  return at->left + ((size_t)i * (size_t)(at->words + 1) + (size_t)width) * (size_t)at->panels * PANEL;
}

KERNEL_INLINE double *right_part(
  const struct KERNEL(grammar_tables) *at, int panel, int i, int j) {
  size_t places = (size_t)at->words + 1;
  return at->right + (((size_t)panel * places + (size_t)j) * places + (size_t)i) * PANEL;
}

KERNEL_INLINE void store_span(
  const struct KERNEL(grammar_tables) *at, int i, int width, const double *inside, double factor) {
  double *left = left_part(at, i, width);
  for (int panel = 0; panel < at->panels; panel++) {
    double *right = right_part(at, panel, i, i + width);
    for (int v = 0; v < PANEL; v += 8) {
      eight x = load8(inside + panel * PANEL + v) * factor;
      store8(left + panel * PANEL + v, x);
      store8(right + v, x);
    }
  }
}

KERNEL_INLINE void pairs_of_span(
  const struct KERNEL(grammar_tables) *at, int i, int width, double *pairs) {
  ptrdiff_t row = at->panels * PANEL;
  struct left a = {
    .at = left_part(at, i, 1), .of_row = 1, .of_step = row, .blocks = 1, .steps = width - 1};
  for (int panel = 0; panel < at->panels; panel++)
    panel_product(
      at->rows, a, right_part(at, panel, i + 1, i + width), pairs + panel * PANEL, row, 0);
}

// at->inside = the rules applied to the pairs of eight spans.
KERNEL_INLINE void apply_rules(const struct KERNEL(grammar_tables) *at) {
  ptrdiff_t row = at->panels * PANEL;
  struct left a = {
    .at = at->pairs, .of_row = at->rows * row, .of_block = row, .of_step = 1,
    .blocks = at->symbols, .steps = at->symbols};
  size_t rules = (size_t)at->symbols * (size_t)at->symbols * PANEL;
  for (int panel = 0; panel < at->panels; panel++)
    panel_product(
      GRAMMAR_SPANS, a, at->rules + (size_t)panel * rules, at->inside + panel * PANEL, row, 0);
}

// The constant of the rules becomes 2^by times what it was.
KERNEL_INLINE void rescale_spans(
  const struct KERNEL(grammar_tables) *at, int widest, int by) {
  for (int width = 2; width <= widest; width++)
    for (int i = 0; i + width <= at->words; i++)
      store_span(at, i, width, left_part(at, i, width), ldexp(1, by * (width - 1)));
}

// All spans wider than one word.
KERNEL_INLINE void grow_spans(struct KERNEL(grammar_tables) *at) {
  ptrdiff_t row = at->panels * PANEL, size = at->rows * row;
  for (int width = 2; width <= at->words; width++) {
    int spans = at->words - width + 1;
    double factor = ldexp(1, at->exponent);
    eight total = all8(0);
    for (int first = 0; first < spans; first += GRAMMAR_SPANS) {
      int some = spans - first < GRAMMAR_SPANS ? spans - first : GRAMMAR_SPANS;
      for (int s = 0; s < some; s++) pairs_of_span(at, first + s, width, at->pairs + s * size);
      // The rest of the eight hold pairs of spans before, which do no harm.
      apply_rules(at);
      for (int s = 0; s < some; s++) {
        store_span(at, first + s, width, at->inside + s * row, factor);
        for (int k = 0; k < row; k += 8) total += load8(at->inside + s * row + k) * factor;
      }
    }
    double sum = sum8(total);
    // A sum of nothing, or one that has left the doubles, says nothing of the scale.
    if (!(sum > 0 && sum < INFINITY)) continue;
    int drift = ilogb(sum), most = width == 2 ? 0 : 64;
    if (drift <= most && -drift <= most) continue;
    int by = -drift / (width - 1);
    rescale_spans(at, width, by);
    at->exponent += by;
  }
}

// The spans of one word, each brought near 1 by a power of two; returns the sum of the exponents.
KERNEL_INLINE double plant_words(
  const struct KERNEL(grammar_tables) *at, const double *leaves) {
  double exponent = 0;
  for (int i = 0; i < at->words; i++) {
    double largest = 0;
    for (int a = 0; a < at->symbols; a++) {
      at->inside[a] = leaves[i * at->symbols + a];
      if (at->inside[a] > largest) largest = at->inside[a];
    }
    int by = largest > 0 ? ilogb(largest) : 0;
    store_span(at, i, 1, at->inside, ldexp(1, -by));
    exponent += by;
  }
  return exponent;
}

#endif
