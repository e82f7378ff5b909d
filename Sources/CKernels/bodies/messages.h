// Means and covariances of the states of a linear dynamical system, and what its evidence is made
// of, by messages in square-root form. Sources/Exact/StateSpaces/StateMessages.swift is the
// definition; here are the same rotations in the same order, without a list for every row.
//
// Products and sums are rounded apart, as there, so that the answers are the same to the last bit,
// whatever the processor.
#pragma clang fp contract(off)
#include "turning.h"
#include <stdlib.h>

// Where a pass does its work. Matrices lie row after row; a row of w numbers takes STRIDE(w).
struct KERNEL(workspace) {
  const struct kernel_messages *problem;
  ptrdiff_t of_states, of_view;              // the strides of n and of n + 1 numbers
  double *dynamics;                          // [n][n], turned
  double *influences;                        // [n][noises + n]: of the noises, of the state before
  double *view;                              // [m][n + 1], of one step: emission, white output
  double *array, *rest, *turned, *shares, *sizes;
  ptrdiff_t *order;
};

// What is known of a state: x = mean + u' rows, u ~ N(0, 1).
struct KERNEL(state_belief) { ptrdiff_t doubts; double *mean, *rows; };

// What outputs say of a state: -1/2 |F x - g|^2, rows of [F g].
struct KERNEL(state_evidence) { ptrdiff_t count; double *rows; };

// The belief about the state once `seen` is known too: its |rho|^2, and |R_ii|.
static double KERNEL(condition)(
  const struct KERNEL(workspace) *work, const struct KERNEL(state_belief) *belief,
  struct KERNEL(state_evidence) seen, struct KERNEL(state_belief) *known, double *diagonal) {
  ptrdiff_t n = work->problem->states, doubts = belief->doubts, of_states = work->of_states;
  ptrdiff_t stride = STRIDE(doubts + 1);
  double *array = work->array, *turned = work->turned, *shares = work->shares;
  for (ptrdiff_t i = 0; i < n; i++) {
    double *row = turned + i * stride;
    for (ptrdiff_t j = 0; j < doubts; j++) row[j] = belief->rows[j * of_states + i];
    row[doubts] = belief->mean[i];
    for (ptrdiff_t j = doubts + 1; j < stride; j++) row[j] = 0;
  }
  KERNEL(identity)(doubts, stride, array);
  double *informed = array + doubts * stride;
  KERNEL(times)(seen.count, n, seen.rows, work->of_view, turned, stride, informed);
  for (ptrdiff_t i = 0; i < seen.count; i++)
    informed[i * stride + doubts] =
      seen.rows[i * work->of_view + n] - informed[i * stride + doubts];

  KERNEL(turn_rows)(doubts + seen.count, stride, doubts, array, work->order, work->sizes);
  KERNEL(solve)(doubts, stride, array, shares);
  for (ptrdiff_t k = 0; k < n; k++) {
    double moved = 0;
    for (ptrdiff_t i = 0; i < doubts; i++)
      moved += belief->rows[work->order[i] * of_states + k] * shares[i];
    known->mean[k] = belief->mean[k] + moved;
  }
  known->doubts = doubts;
  KERNEL(solve_turned)(
    doubts, stride, array, work->order, of_states, belief->rows, known->rows);
  double misfit = 0;
  for (ptrdiff_t i = 0; i < seen.count; i++)
    misfit += informed[i * stride + doubts] * informed[i * stride + doubts];
  for (ptrdiff_t i = 0; i < n; i++)
    diagonal[i] = i < doubts ? __builtin_fabs(array[i * stride + i]) : 1;
  return misfit;
}

// The belief about the state of the next step.
static void KERNEL(move)(
  const struct KERNEL(workspace) *work, const struct KERNEL(state_belief) *known,
  struct KERNEL(state_belief) *belief) {
  ptrdiff_t n = work->problem->states, noises = work->problem->noises, stride = work->of_states;
  ptrdiff_t count = known->doubts + noises;
  KERNEL(times)(1, n, known->mean, stride, work->dynamics, stride, belief->mean);
  KERNEL(times)(known->doubts, n, known->rows, stride, work->dynamics, stride, work->array);
  KERNEL(copy)(noises, n, work->problem->noise, n, work->array + known->doubts * stride, stride);
  KERNEL(turn_rows)(count, stride, n, work->array, work->order, work->sizes);
  belief->doubts = count < n ? count : n;
  KERNEL(restore)(belief->doubts, stride, n, work->array, work->order, belief->rows);
}

// The same likelihood in n rows at most.
static void KERNEL(compress)(
  const struct KERNEL(workspace) *work, ptrdiff_t count, double *rows,
  struct KERNEL(state_evidence) *evidence) {
  ptrdiff_t n = work->problem->states, stride = work->of_view;
  KERNEL(turn_rows)(count, stride, n, rows, work->order, work->sizes);
  evidence->count = count < n ? count : n;
  KERNEL(restore)(evidence->count, stride, n, rows, work->order, evidence->rows);
  for (ptrdiff_t i = 0; i < evidence->count; i++)
    evidence->rows[i * stride + n] = rows[i * stride + n];
}

// What the outputs say of the state one step before.
static void KERNEL(look_back)(
  const struct KERNEL(workspace) *work, struct KERNEL(state_evidence) seen,
  struct KERNEL(state_evidence) *evidence) {
  ptrdiff_t n = work->problem->states, noises = work->problem->noises;
  ptrdiff_t stride = STRIDE(noises + n + 1);
  double *informed = work->array + noises * stride;
  KERNEL(identity)(noises, stride, work->array);
  KERNEL(times)(seen.count, n, seen.rows, work->of_view, work->influences, stride, informed);
  for (ptrdiff_t i = 0; i < seen.count; i++)
    informed[i * stride + noises + n] = seen.rows[i * work->of_view + n];
  KERNEL(turn_rows)(noises + seen.count, stride, noises, work->array, work->order, work->sizes);
  KERNEL(copy)(seen.count, n + 1, informed + noises, stride, work->rest, work->of_view);
  KERNEL(compress)(work, seen.count, work->rest, evidence);
}

// The output of a step, in coordinates in which its noise is N(0, 1), beside the emission.
static void KERNEL(look)(const struct KERNEL(workspace) *work, ptrdiff_t step) {
  ptrdiff_t n = work->problem->states, m = work->problem->outputs, stride = work->of_view;
  const double *observed = work->problem->observed + step * m;
  for (ptrdiff_t k = 0; k < m; k++) {
    const double *factor = work->problem->factor + k * m;
    double explained = 0;
    for (ptrdiff_t j = 0; j < k; j++) explained += factor[j] * work->view[j * stride + n];
    work->view[k * stride + n] = (observed[k] - explained) / factor[k];
  }
}

// What y_t and all later outputs say of x_t, step after step, with room for n rows at each.
static void KERNEL(pass_backward)(
  const struct KERNEL(workspace) *work, ptrdiff_t *counts, double *rows) {
  ptrdiff_t n = work->problem->states, m = work->problem->outputs, stride = work->of_view;
  struct KERNEL(state_evidence) later = {0, work->array};
  for (ptrdiff_t t = work->problem->steps - 1; t >= 0; t--) {
    struct KERNEL(state_evidence) before = {0, work->array + m * stride};
    if (later.count > 0) {
      KERNEL(look_back)(work, later, &before);
    }
    KERNEL(look)(work, t);
    KERNEL(copy)(m, n + 1, work->view, stride, work->array, stride);
    later.rows = rows + t * n * stride;
    KERNEL(compress)(work, m + before.count, work->array, &later);
    counts[t] = later.count;
  }
}

static void KERNEL(pass_forward)(
  const struct KERNEL(workspace) *work, const ptrdiff_t *counts, double *rows,
  struct KERNEL(state_belief) belief, struct KERNEL(state_belief) known,
  struct kernel_messages_answer *answer) {
  ptrdiff_t n = work->problem->states, of_states = work->of_states;
  for (ptrdiff_t t = 0; t < work->problem->steps; t++) {
    double *diagonal = answer->diagonals + t * n;
    struct KERNEL(state_evidence) rest = {counts[t], rows + t * n * work->of_view};
    KERNEL(condition)(work, &belief, rest, &known, diagonal);
    KERNEL(copy)(1, n, known.mean, of_states, answer->means + t * n, n);
    KERNEL(squares)(n, known.doubts, known.rows, of_states, answer->covariances + t * n * n);

    KERNEL(look)(work, t);
    struct KERNEL(state_evidence) seen = {work->problem->outputs, work->view};
    answer->misfits[t] = KERNEL(condition)(work, &belief, seen, &known, diagonal);
    KERNEL(move)(work, &known, &belief);
  }
}

// The system in rows of whole registers.
static void KERNEL(lay_out)(
  const struct KERNEL(workspace) *work, const struct KERNEL(state_belief) *belief) {
  const struct kernel_messages *problem = work->problem;
  ptrdiff_t n = problem->states, noises = problem->noises, stride = STRIDE(noises + n + 1);
  for (ptrdiff_t i = 0; i < n; i++)
    for (ptrdiff_t j = 0; j < n; j++) {
      work->dynamics[j * work->of_states + i] = problem->dynamics[i * n + j];
      work->influences[i * stride + noises + j] = problem->dynamics[i * n + j];
    }
  for (ptrdiff_t i = 0; i < noises; i++)
    for (ptrdiff_t j = 0; j < n; j++)
      work->influences[j * stride + i] = problem->noise[i * n + j];
  KERNEL(copy)(problem->outputs, n, problem->emission, n, work->view, work->of_view);
  KERNEL(copy)(1, n, problem->mean, n, belief->mean, work->of_states);
  KERNEL(copy)(belief->doubts, n, problem->doubts, n, belief->rows, work->of_states);
}

int KERNEL(messages)(const struct kernel_messages *problem, struct kernel_messages_answer *answer) {
  ptrdiff_t n = problem->states, m = problem->outputs, steps = problem->steps;
  ptrdiff_t of_states = STRIDE(n), of_view = STRIDE(n + 1), of_both = STRIDE(2 * n + 1);
  ptrdiff_t sizes[] = {
    n * of_states, n * of_both, m * of_view, (2 * n + m) * of_both, n * of_view, n * of_view,
    of_view, of_view, of_states, n * of_states, of_states, n * of_states, steps * n * of_view};
  enum { PARTS = sizeof sizes / sizeof *sizes };
  ptrdiff_t total = 0;
  for (int i = 0; i < PARTS; i++) total += sizes[i];
  double *memory = calloc((size_t)total, sizeof(double));
  ptrdiff_t *counts = malloc((size_t)(n + steps) * sizeof(ptrdiff_t));
  if (memory && counts) {
    double *parts[PARTS], *next = memory;
    for (int i = 0; i < PARTS; next += sizes[i++]) parts[i] = next;
    struct KERNEL(workspace) work = {
      .problem = problem, .of_states = of_states, .of_view = of_view, .dynamics = parts[0],
      .influences = parts[1], .view = parts[2], .array = parts[3], .rest = parts[4],
      .turned = parts[5], .shares = parts[6], .sizes = parts[7], .order = counts};
    struct KERNEL(state_belief) belief = {problem->start_doubts, parts[8], parts[9]};
    struct KERNEL(state_belief) known = {0, parts[10], parts[11]};
    KERNEL(lay_out)(&work, &belief);
    KERNEL(pass_backward)(&work, counts + n, parts[12]);
    KERNEL(pass_forward)(&work, counts + n, parts[12], belief, known, answer);
  }
  int done = memory && counts;
  free(memory);
  free(counts);
  return done;
}
