// The two tables of latent_factor.h: what each half of the factors adds to the scores of the words.
#ifndef TIGHTBOUND_LATENT_TABLES_H
#define TIGHTBOUND_LATENT_TABLES_H

#include "exponential.h"
#include "tiles.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW_BLOCK 32
#define COLUMN_BLOCK 64
#define MOST_SLABS 8
// A normaliser below this may have lost words by underflow and is summed again in log space.
#define SMALL_NORMALISER 1e-280

struct KERNEL(half) {
  int factors, settings, padded;  // 2^factors, filled up to whole blocks
  double *factor;                 // [panels][padded][16]: E or F
  double *score;                  // the same layout, its logarithm before scaling (log path only)
  double *greatest;               // [padded], what was subtracted from the scores (log path only)
  double *weight;                 // [padded]: L or R (or their logarithms)
  double offset;                  // logarithm of what weight was divided by
};

struct KERNEL(slab) {
  double sum, greatest;
  double *on, *expected;
};

struct KERNEL(latent_sum) {
  const struct kernel_latent *problem;
  int logarithmic, with_gradient;
  int panels, slabs, row_blocks;
  struct KERNEL(half) high, low;
  double *turned;             // F once more, in panels of 16 settings: [padded / 16][16 panels][16]
  double *scratch;            // one part a worker
  ptrdiff_t scratch_size;
  double evidence;            // log sum, known to the second pass of the log path
  double centre;              // what E was divided by
  double *slabs_at;           // where the slabs have their sums
  double *row;                // one number a word
  struct KERNEL(slab) slab[MOST_SLABS];
};

// Entry (setting, word) of a half's table.
KERNEL_INLINE ptrdiff_t KERNEL(entry)(int padded, int setting, int word) {
  return ((ptrdiff_t)(word / PANEL) * padded + setting) * PANEL + word % PANEL;
}

// The table of a half, setting after setting: adding the scores of one more factor each time.
static void KERNEL(scores)(
  const struct KERNEL(latent_sum) *sum, const struct KERNEL(half) *half, int first,
  const double *start, double *table, int exponentials) {
  const struct kernel_latent *p = sum->problem;
  int panels = sum->panels;
  double *row = sum->row;
  for (int v = 0; v < panels * PANEL; v++)
    row[v] = v < p->words ? (start ? start[v] : 0) : -__builtin_inf();
  if (exponentials)
    for (int v = 0; v < panels * PANEL; v += 8) store8(row + v, exp8(load8(row + v)));
  for (int k = 0; k < panels; k++)
    memcpy(table + (ptrdiff_t)k * half->padded * PANEL, row + k * PANEL, PANEL * sizeof(double));
  for (int j = 0; j < half->factors; j++) {
    const double *w = p->weights + (ptrdiff_t)(first + j) * p->words;
    for (int v = 0; v < panels * PANEL; v++) row[v] = v < p->words ? w[v] : 0;
    if (exponentials)
      for (int v = 0; v < panels * PANEL; v += 8) store8(row + v, exp8(load8(row + v)));
    ptrdiff_t count = (ptrdiff_t)PANEL << j;
    for (int k = 0; k < panels; k++) {
      const double *from = table + (ptrdiff_t)k * half->padded * PANEL;
      double *to = table + (ptrdiff_t)k * half->padded * PANEL + count;
      eight one = load8(row + k * PANEL), other = load8(row + k * PANEL + 8);
      for (ptrdiff_t i = 0; i < count; i += PANEL) {
        eight a = load8(from + i), b = load8(from + i + 8);
        store8(to + i, exponentials ? a * one : a + one);
        store8(to + i + 8, exponentials ? b * other : b + other);
      }
    }
  }
  for (int k = 0; k < panels; k++) {
    double *panel = table + (ptrdiff_t)k * half->padded * PANEL;
    for (int s = half->settings; s < half->padded; s++)
      memcpy(panel + (ptrdiff_t)s * PANEL, panel, PANEL * sizeof(double));
  }
}

// Prior and document of a half: log L(h), or L(h) divided by its greatest value.
static void KERNEL(weights)(
  const struct kernel_latent *p, struct KERNEL(half) *half, int first, double start,
  int logarithmic) {
  double *weight = half->weight;
  weight[0] = start;
  for (int j = 0; j < half->factors; j++) weight[0] += p->log_off[first + j];
  for (int j = 0; j < half->factors; j++) {
    const double *w = p->weights + (ptrdiff_t)(first + j) * p->words;
    double step = p->log_on[first + j] - p->log_off[first + j];
    for (int v = 0; v < p->words; v++)
      if (p->counts[v] != 0) step += p->counts[v] * w[v];
    for (int s = 0; s < 1 << j; s++) weight[s + (1 << j)] = weight[s] + step;
  }
  double most = weight[0];
  for (int s = 1; s < half->settings; s++) most = weight[s] > most ? weight[s] : most;
  for (int s = half->settings; s < half->padded; s++) weight[s] = -__builtin_inf();
  half->offset = logarithmic ? 0 : most;
  if (logarithmic) return;
  for (int s = 0; s < half->padded; s += 8) store8(weight + s, exp8(load8(weight + s) - most));
}

// Exponentials of a table of scores, each row divided by its greatest.
static void KERNEL(exponentiate)(struct KERNEL(half) *half, int words, int panels) {
  for (int s = 0; s < half->padded; s++) {
    double most = half->score[KERNEL(entry)(half->padded, s, 0)];
    for (int v = 1; v < words; v++) {
      double score = half->score[KERNEL(entry)(half->padded, s, v)];
      most = score > most ? score : most;
    }
    half->greatest[s] = most;
    for (int k = 0; k < panels; k++)
      for (int part = 0; part < PANEL; part += 8) {
        ptrdiff_t at = KERNEL(entry)(half->padded, s, k * PANEL) + part;
        store8(half->factor + at, exp8(load8(half->score + at) - most));
      }
  }
}

// F in panels of settings without F: the first panel setting by setting, the others each as one
// before them times the exponentials of one more factor.
static void KERNEL(turned_products)(struct KERNEL(latent_sum) *sum) {
  const struct kernel_latent *p = sum->problem;
  int words = sum->panels * PANEL;
  double *row = sum->row;
  for (int v = 0; v < words; v++)
    for (int i = 0; i < PANEL; i++) sum->turned[(ptrdiff_t)v * PANEL + i] = v < p->words;
  for (int j = 0; j < p->low; j++) {
    for (int v = 0; v < words; v++)
      row[v] = v < p->words ? p->weights[(ptrdiff_t)(p->high + j) * p->words + v] : 0;
    for (int v = 0; v < words; v += 8) store8(row + v, exp8(load8(row + v)));
    if (1 << j < PANEL) {
      for (int v = 0; v < words; v++)
        for (int i = 0; i < PANEL; i++)
          if (i >> j & 1) sum->turned[(ptrdiff_t)v * PANEL + i] *= row[v];
      continue;
    }
    ptrdiff_t panels = (ptrdiff_t)1 << j >> 4, size = (ptrdiff_t)words * PANEL;
    for (ptrdiff_t k = 0; k < panels; k++)
      for (int v = 0; v < words; v++) {
        const double *from = sum->turned + k * size + (ptrdiff_t)v * PANEL;
        double *to = sum->turned + (panels + k) * size + (ptrdiff_t)v * PANEL;
        store8(to, load8(from) * row[v]);
        store8(to + 8, load8(from + 8) * row[v]);
      }
  }
  ptrdiff_t size = (ptrdiff_t)words * PANEL;
  for (int s = sum->low.settings < PANEL ? PANEL : sum->low.settings; s < sum->low.padded; s += PANEL)
    memcpy(sum->turned + s / PANEL * size, sum->turned, (size_t)size * sizeof(double));
}

// F in panels of settings.
static void KERNEL(turn)(struct KERNEL(latent_sum) *sum) {
  int padded = sum->low.padded, words = sum->panels * PANEL;
  for (int k = 0; k < sum->panels; k++)
    for (int s = 0; s < padded; s += PANEL)
      for (int v = 0; v < PANEL; v++)
        for (int i = 0; i < PANEL; i++)
          sum->turned[((ptrdiff_t)(s / PANEL) * words + k * PANEL + v) * PANEL + i] =
            sum->low.factor[((ptrdiff_t)k * padded + s + i) * PANEL + v];
}

// Halves what lies between the least and the greatest normaliser, as far as a sample shows them: E
// is divided by a number that keeps norm^N in the middle of the doubles.
static void KERNEL(centre)(struct KERNEL(latent_sum) *sum) {
  double least = __builtin_inf(), greatest = 0;
  int rows = sum->high.settings, columns = sum->low.settings, words = sum->panels * PANEL;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      int h = (int)((int64_t)i * (rows - 1) / 3), l = (int)((int64_t)j * (columns - 1) / 3);
      const double *turned = sum->turned + (ptrdiff_t)(l / PANEL) * words * PANEL + l % PANEL;
      double norm = 0;
      for (int v = 0; v < words; v++)
        norm += sum->high.factor[KERNEL(entry)(sum->high.padded, h, v)] * turned[v * PANEL];
      least = norm < least ? norm : least;
      greatest = norm > greatest ? norm : greatest;
    }
  sum->centre = sqrt(least) * sqrt(greatest);
  double inverse = 1 / sum->centre;
  ptrdiff_t size = (ptrdiff_t)sum->panels * sum->high.padded * PANEL;
  for (ptrdiff_t i = 0; i < size; i += 8)
    store8(sum->high.factor + i, load8(sum->high.factor + i) * inverse);
}

#endif
