// A sentence under a grammar: its probability, and the expected uses of the rules.
#include "grammar_inside.h"
#include "grammar_outside.h"
#include <stdlib.h>

// Where a table of blocks of sixteen A for each pair B, C has the entry of a rule.
KERNEL_INLINE size_t rule_place(const int32_t *rule, size_t rows, size_t columns) {
  size_t pair = (size_t)rule[1] * columns + (size_t)rule[2];
  return ((size_t)(rule[0] / PANEL) * rows * columns + pair) * PANEL + (size_t)(rule[0] % PANEL);
}

KERNEL_INLINE int count_uses(
  const struct KERNEL(grammar_tables) *inside, const struct kernel_grammar *grammar,
  struct kernel_grammar_answer *answer) {
  int n = grammar->words;
  size_t row = (size_t)inside->panels * PANEL, size = (size_t)inside->rows * row;
  size_t spans = (size_t)(n + 1) * (size_t)(n + 1) * row;
  size_t doubles = spans + 2 * size * row + GRAMMAR_SPANS * (row + size) + row * row;
  double *memory = aligned_alloc(64, doubles * sizeof(double));
  if (!memory) return KERNEL_NO_MEMORY;
  memset(memory, 0, doubles * sizeof(double));
  struct KERNEL(grammar_uses) at = {.inside = inside, .outside = memory};
  at.rules = at.outside + spans;
  at.uses = at.rules + size * row;
  at.upper = at.uses + size * row;
  at.above = at.upper + GRAMMAR_SPANS * row;
  at.turned = at.above + GRAMMAR_SPANS * size;
  for (int r = 0; r < grammar->rules; r++) {
    const int32_t *rule = grammar->symbols_of_rules + 3 * r;
    size_t panel = (size_t)rule[1] * (size_t)inside->panels + (size_t)(rule[2] / PANEL);
    at.rules[(panel * row + (size_t)rule[0]) * PANEL + (size_t)(rule[2] % PANEL)] =
      grammar->probabilities[r];
  }
  double factor = ldexp(1, inside->exponent);
  // The outside weight of the top is one over its inside weight, so that what comes out are counts.
  outside_part(&at, 0, n)[grammar->start] = 1 / left_part(inside, 0, n)[grammar->start];
  go_down(&at, factor);
  for (int r = 0; r < grammar->rules; r++)
    answer->uses[r] = grammar->probabilities[r] *
      at.uses[rule_place(grammar->symbols_of_rules + 3 * r, (size_t)inside->rows, row)];
  for (int i = 0; i < n; i++)
    for (int a = 0; a < grammar->symbols; a++)
      answer->leaf_uses[i * grammar->symbols + a] =
        outside_part(&at, i, i + 1)[a] * left_part(inside, i, 1)[a];
  free(memory);
  return KERNEL_WITHIN_RANGE;
}

int KERNEL(grammar)(const struct kernel_grammar *grammar, struct kernel_grammar_answer *answer) {
  int n = grammar->words, symbols = grammar->symbols;
  struct KERNEL(grammar_tables) at = {.symbols = symbols, .words = n};
  at.panels = (symbols + PANEL - 1) / PANEL;
  at.rows = (symbols + 7) & ~7;
  size_t row = (size_t)at.panels * PANEL, places = (size_t)n + 1;
  size_t rules = (size_t)symbols * (size_t)symbols * row, spans = places * places * row;
  size_t pairs = GRAMMAR_SPANS * (size_t)at.rows * row, inside = GRAMMAR_SPANS * row;
  double *memory = aligned_alloc(64, (rules + 2 * spans + pairs + inside) * sizeof(double));
  if (!memory) return KERNEL_NO_MEMORY;
  at.rules = memory;
  at.pairs = at.rules + rules;
  at.inside = at.pairs + pairs;
  at.left = at.inside + inside;
  at.right = at.left + spans;
  memset(memory, 0, (rules + pairs + inside) * sizeof(double));
  for (int r = 0; r < grammar->rules; r++)
    at.rules[rule_place(
      grammar->symbols_of_rules + 3 * r, (size_t)symbols, (size_t)symbols)] =
      grammar->probabilities[r];
  kernel_range_begin();
  answer->exponent = plant_words(&at, grammar->leaves);
  grow_spans(&at);
  answer->exponent -= (double)(n - 1) * at.exponent;
  answer->sum = left_part(&at, 0, n)[grammar->start];
  int status = KERNEL_WITHIN_RANGE;
  if (answer->uses && answer->sum > 0) status = count_uses(&at, grammar, answer);
  status |= kernel_range_end();
  free(memory);
  return status;
}
