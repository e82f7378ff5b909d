// The sum over all settings of the top units of a belief network with one layer below them.
//
//   sum over z of   product over i of (z_i ? on_i : off_i)  /  product over u of (1 + E_h[u] F_l[u])
//
// with z = (h, l), E and F the exponentials of what each part of z adds to the activation of unit u
// below; a unit that is on has its activation's sign turned, so that 1/(1 + exp a) is the probability
// of what was seen. No logarithm and no exponential is taken for a setting. The first seven units
// make up l, a column; h goes through rows, 32 to a block. Blocks make up tasks, whose number does not depend
// on the threads; each task sums alone and the tasks are added in their order.
#ifndef TIGHTBOUND_BELIEF_H
#define TIGHTBOUND_BELIEF_H

#include "exponential.h"
#include "tiles.h"
#include <stdlib.h>
#include <string.h>

#define BELIEF_LOW 7
#define BELIEF_COLUMNS (1 << BELIEF_LOW)
#define BELIEF_ROW_BITS 5
#define BELIEF_ROWS (1 << BELIEF_ROW_BITS)
#define BELIEF_TASKS 32
#define BELIEF_TOP 40

struct KERNEL(belief_task) {
  double sum;
  double on[BELIEF_TOP];            // the same sum over the settings that have a unit of h
  double columns[BELIEF_COLUMNS];   // the same sum, column by column
};

struct KERNEL(belief_sum) {
  const struct kernel_belief *problem;
  int shared;                       // whether four settings share a division
  int low, row_bits, high;          // units in columns, in the rows of a block, in the blocks
  int columns, rows;                // filled up to whole tiles with settings of weight zero
  int64_t blocks;
  int tasks, units;                 // units: those below, filled up to whole vectors
  double *growth;                   // [top + 1][units]: exp of the weights; last the biases
  double *factor;                   // [columns / 16][units][16]: F
  double *scratch;                  // [rows][units] a worker: E
  double right[BELIEF_COLUMNS];     // what the prior says of l
  struct KERNEL(belief_task) task[BELIEF_TASKS];
};

// What the prior says of all settings of a few units, the first unit fastest, times `start`.
static void KERNEL(belief_prior)(
  const struct kernel_belief *p, int first, int count, double start, double *weight) {
  weight[0] = start;
  for (int i = 0; i < count; i++)
    for (int s = 0; s < 1 << i; s++) {
      weight[s + (1 << i)] = weight[s] * p->on[first + i];
      weight[s] *= p->off[first + i];
    }
}

// The tables of the columns; meanwhile the other threads are on their way.
static void KERNEL(belief_prepare)(void *context) {
  struct KERNEL(belief_sum) *sum = context;
  const struct kernel_belief *p = sum->problem;
  int units = sum->units;
  for (int i = 0; i <= p->top; i++) {
    const double *from = i < p->top ? p->weights + (ptrdiff_t)i * p->bottom : p->bias;
    double *row = sum->growth + (ptrdiff_t)i * units;
    memset(row, 0, (size_t)units * sizeof(double));
    memcpy(row, from, (size_t)p->bottom * sizeof(double));
    for (int u = 0; u < units; u += 8) store8(row + u, exp8(load8(row + u)));
  }
  memset(sum->factor, 0, (size_t)sum->columns * (size_t)units * sizeof(double));
  for (int u = 0; u < p->bottom; u++) {
    double column[BELIEF_COLUMNS];
    column[0] = 1;
    for (int i = 0; i < sum->low; i++)
      for (int l = 0; l < 1 << i; l++)
        column[l + (1 << i)] = column[l] * sum->growth[(ptrdiff_t)i * units + u];
    for (int l = 0; l < 1 << sum->low; l++)
      sum->factor[((ptrdiff_t)(l / PANEL) * units + u) * PANEL + l % PANEL] = column[l];
  }
  KERNEL(belief_prior)(p, 0, sum->low, 1, sum->right);
}

// E and what the prior says, for the rows of one block.
static void KERNEL(belief_rows)(
  const struct KERNEL(belief_sum) *sum, int64_t block, double *rows, double *left) {
  const struct kernel_belief *p = sum->problem;
  int units = sum->units;
  size_t size = (size_t)units * sizeof(double);
  memcpy(rows, sum->growth + (ptrdiff_t)p->top * units, size);
  double weight = 1;
  for (int d = 0; d < sum->high; d++) {
    int i = sum->low + sum->row_bits + d;
    int is_on = block >> d & 1;
    weight *= is_on ? p->on[i] : p->off[i];
    const double *growth = sum->growth + (ptrdiff_t)i * units;
    for (int u = 0; is_on && u < units; u += 8)
      store8(rows + u, load8(rows + u) * load8(growth + u));
  }
  for (int d = 0; d < sum->row_bits; d++) {
    const double *growth = sum->growth + (ptrdiff_t)(sum->low + d) * units;
    for (int r = 0; r < 1 << d; r++)
      for (int u = 0; u < units; u += 8)
        store8(
          rows + (ptrdiff_t)(r + (1 << d)) * units + u,
          load8(rows + (ptrdiff_t)r * units + u) * load8(growth + u));
  }
  KERNEL(belief_prior)(p, sum->low, sum->row_bits, weight, left);
}

// 1 / (product over u of (1 + E F)) for four rows and a few vectors of columns.
KERNEL_INLINE void KERNEL(belief_tile)(
  const struct KERNEL(belief_sum) *sum, const double *e, const double *f, int shared,
  eight inverse[4][TILE_VECTORS]) {
  ptrdiff_t units = sum->units;
  eight product[4][TILE_VECTORS];
  for (int r = 0; r < 4; r++)
    for (int v = 0; v < TILE_VECTORS; v++) product[r][v] = all8(1);
  for (int u = 0; u < sum->problem->bottom; u++, f += PANEL) {
    eight right[TILE_VECTORS];
    for (int v = 0; v < TILE_VECTORS; v++) right[v] = load8(f + 8 * v);
    for (int r = 0; r < 4; r++)
      for (int v = 0; v < TILE_VECTORS; v++) product[r][v] *= 1 + e[r * units + u] * right[v];
  }
  for (int v = 0; v < TILE_VECTORS; v++)
    if (shared) {
      // A division takes as long as thirty products: 1/a = b (cd) / (abcd), and so on.
      eight first = product[0][v] * product[1][v], second = product[2][v] * product[3][v];
      eight all = 1 / (first * second);
      first *= all, second *= all;
      inverse[0][v] = product[1][v] * second, inverse[1][v] = product[0][v] * second;
      inverse[2][v] = product[3][v] * first, inverse[3][v] = product[2][v] * first;
    } else {
      for (int r = 0; r < 4; r++) inverse[r][v] = 1 / product[r][v];
    }
}

// One block: adds to the columns' sums and to those of the rows, eight numbers a row.
KERNEL_INLINE void KERNEL(belief_block)(
  const struct KERNEL(belief_sum) *sum, const double *rows, const double *left, int shared,
  double *columns, double *of_rows) {
  for (int c = 0; c < sum->columns; c += 8 * TILE_VECTORS) {
    const double *f = sum->factor + (ptrdiff_t)(c / PANEL) * sum->units * PANEL + c % PANEL;
    eight total[TILE_VECTORS];
    for (int v = 0; v < TILE_VECTORS; v++) total[v] = load8(columns + c + 8 * v);
    for (int r = 0; r < sum->rows; r += 4) {
      eight weight[4][TILE_VECTORS];
      KERNEL(belief_tile)(sum, rows + (ptrdiff_t)r * sum->units, f, shared, weight);
      for (int i = 0; i < 4; i++) {
        eight of_row = load8(of_rows + 8 * (r + i));
        for (int v = 0; v < TILE_VECTORS; v++) {
          eight joint = left[r + i] * load8(sum->right + c + 8 * v) * weight[i][v];
          total[v] += joint;
          of_row += joint;
        }
        store8(of_rows + 8 * (r + i), of_row);
      }
    }
    for (int v = 0; v < TILE_VECTORS; v++) store8(columns + c + 8 * v, total[v]);
  }
}

static void KERNEL(belief_work)(void *context, int index, int worker) {
  struct KERNEL(belief_sum) *sum = context;
  struct KERNEL(belief_task) *task = &sum->task[index];
  double *rows = sum->scratch + (ptrdiff_t)worker * sum->rows * sum->units;
  double left[BELIEF_ROWS] = {0}, of_rows[BELIEF_ROWS * 8];
  memset(rows, 0, (size_t)sum->rows * (size_t)sum->units * sizeof(double));
  int64_t last = sum->blocks * (index + 1) / sum->tasks;
  for (int64_t block = sum->blocks * index / sum->tasks; block < last; block++) {
    KERNEL(belief_rows)(sum, block, rows, left);
    memset(of_rows, 0, sizeof of_rows);
    if (sum->shared) KERNEL(belief_block)(sum, rows, left, 1, task->columns, of_rows);
    else KERNEL(belief_block)(sum, rows, left, 0, task->columns, of_rows);
    double total = 0;
    for (int r = 0; r < 1 << sum->row_bits; r++) {
      double joint = sum8(load8(of_rows + 8 * r));
      total += joint;
      for (int d = 0; d < sum->row_bits; d++)
        if (r >> d & 1) task->on[sum->low + d] += joint;
    }
    task->sum += total;
    for (int d = 0; d < sum->high; d++)
      if (block >> d & 1) task->on[sum->low + sum->row_bits + d] += total;
  }
}

// Adds the tasks in their order.
static void KERNEL(belief_finish)(
  const struct KERNEL(belief_sum) *sum, double *total, double *on) {
  *total = 0;
  for (int i = 0; i < sum->problem->top; i++) on[i] = 0;
  for (int t = 0; t < sum->tasks; t++) {
    const struct KERNEL(belief_task) *task = &sum->task[t];
    *total += task->sum;
    for (int i = sum->low; i < sum->problem->top; i++) on[i] += task->on[i];
    for (int i = 0; i < sum->low; i++)
      for (int l = 0; l < 1 << sum->low; l++)
        if (l >> i & 1) on[i] += task->columns[l];
  }
}

int KERNEL(belief)(
  const struct kernel_belief *p, int shared, int threads, double *total, double *on) {
  struct KERNEL(belief_sum) sum = {.problem = p, .shared = shared};
  sum.low = p->top < BELIEF_LOW ? p->top : BELIEF_LOW;
  sum.row_bits = p->top - sum.low < BELIEF_ROW_BITS ? p->top - sum.low : BELIEF_ROW_BITS;
  sum.high = p->top - sum.low - sum.row_bits;
  sum.columns = 1 << sum.low < PANEL ? PANEL : 1 << sum.low;
  sum.rows = 1 << sum.row_bits < 4 ? 4 : 1 << sum.row_bits;
  sum.blocks = (int64_t)1 << sum.high;
  sum.tasks = sum.blocks < BELIEF_TASKS ? (int)sum.blocks : BELIEF_TASKS;
  sum.units = (p->bottom + 7) / 8 * 8;
  // A thread is not made in less time than four blocks take.
  if (sum.blocks < 4) threads = 1;
  if (threads > sum.tasks) threads = sum.tasks;
  ptrdiff_t growth = (ptrdiff_t)(p->top + 1) * sum.units, factor = (ptrdiff_t)sum.columns * sum.units;
  ptrdiff_t count = growth + factor + (ptrdiff_t)threads * sum.rows * sum.units;
  double *memory = aligned_alloc(64, ((size_t)count * sizeof(double) + 64) / 64 * 64);
  if (!memory) return KERNEL_NO_MEMORY;
  sum.growth = memory;
  sum.factor = sum.growth + growth;
  sum.scratch = sum.factor + factor;
  int range =
    kernel_parallel(threads, sum.tasks, KERNEL(belief_prepare), KERNEL(belief_work), &sum);
  free(memory);
  KERNEL(belief_finish)(&sum, total, on);
  return range;
}

#endif
