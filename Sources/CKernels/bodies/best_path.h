// The best path through a Markov chain: messages of largest sums, and the way back along equal ones.
#ifndef TIGHTBOUND_BEST_PATH_H
#define TIGHTBOUND_BEST_PATH_H

#include "vectors.h"

// next[k] = weights[k] + max_i (last[i] + transition[i][k]): columns stand side by side in vectors. In a constant width
// a whole row stays in registers.
KERNEL_INLINE void best_step(
  int states, int width, const double *last, const double *transition, const double *weights, double *next) {
  for (int block = 0; block < width; block += 32) {
    int columns = width - block < 32 ? width - block : 32;
    eight best[4];
    for (int v = 0; v < 4; v++) best[v] = all8(-__builtin_inf());
    for (int i = 0; i < states; i++) {
      const double *row = transition + (int64_t)i * width + block;
      eight from = all8(last[i]);
      for (int v = 0; v < 4 && v * 8 < columns; v++) {
        eight score = from + load8(row + v * 8);
        best[v] = choose8(score > best[v], score, best[v]);
      }
    }
    for (int v = 0; v < 4 && v * 8 < columns; v++) {
      int first = block + v * 8;
      for (int lane = 0; lane < 8; lane++)
        next[first + lane] = first + lane < states ? best[v][lane] + weights[first + lane] : -__builtin_inf();
    }
  }
}

KERNEL_INLINE double best_path_of_width(
  int states, int width, int64_t steps, const double *initial, const double *transition,
  const double *weights, double *scores, int32_t *path) {
  for (int k = 0; k < width; k++) scores[k] = k < states ? initial[k] + weights[k] : -__builtin_inf();
  for (int64_t t = 1; t < steps; t++)
    best_step(
      states, width, scores + (t - 1) * width, transition, weights + t * states, scores + t * width);
  // The last state is the first of the greatest; before it comes the first whose sum is the one that was kept.
  const double *last = scores + (steps - 1) * width;
  int state = 0;
  for (int k = 1; k < states; k++)
    if (last[k] > last[state]) state = k;
  double best = last[state];
  path[steps - 1] = state;
  for (int64_t t = steps - 1; t > 0; t--) {
    const double *before = scores + (t - 1) * width;
    double kept = -__builtin_inf();
    int from = 0;
    for (int i = 0; i < states; i++) {
      double score = before[i] + transition[(int64_t)i * width + state];
      if (score > kept) {
        kept = score;
        from = i;
      }
    }
    state = from;
    path[t - 1] = state;
  }
  return best;
}

double KERNEL(best_path)(
  int states, int width, int64_t steps, const double *initial, const double *transition,
  const double *weights, double *scores, int32_t *path) {
  if (width == 8) return best_path_of_width(states, 8, steps, initial, transition, weights, scores, path);
  if (width == 16) return best_path_of_width(states, 16, steps, initial, transition, weights, scores, path);
  if (width == 32) return best_path_of_width(states, 32, steps, initial, transition, weights, scores, path);
  return best_path_of_width(states, width, steps, initial, transition, weights, scores, path);
}

#endif
