// Means and covariances of the states of a linear dynamical system, and the evidence.
//
// Forward, Kalman's filter, one output after the other; outputs come with noise N(0, 1):
//   u = P c,   s = 1 + c' u,   e = y - c' m,   m += u e/s,   P -= u u'/s.
// Backward, lambda and Lambda, the slope and the curvature of what all later outputs say:
//   smoothed mean m - P lambda, smoothed covariance P - P Lambda P.
// No covariance of a state is inverted, so the noise of the dynamics may be singular.
// Reference: Bierman 1977, chapter X (the smoother of Bryson and Frazier).
//
// A difference loses digits where its two sides are close. The kernel measures how many: the
// largest ratio of what went into a difference to what came out, forward times backward. Whoever
// calls it decides how many are too many.
//
// A row of a matrix is a vector of WIDTH numbers. Where a model has fewer states, the others stand
// still, unseen, with variance 1.
#include "vectors.h"
#include <stdlib.h>

#define OF_WIDTH_TWICE(name, width) KERNEL(name##_of_##width)
#define OF_WIDTH_ONCE(name, width) OF_WIDTH_TWICE(name, width)
#define OF_WIDTH(name) OF_WIDTH_ONCE(name, WIDTH)

// Outputs in coordinates in which their noise is N(0, 1): factor z = y.
static void KERNEL(whiten)(const struct kernel_smoother *problem, double *white) {
  int m = problem->outputs;
  for (ptrdiff_t t = 0; t < problem->steps; t++)
    for (int k = 0; k < m; k++) {
      double rest = problem->observed[t * m + k];
      for (int j = 0; j < k; j++) rest -= problem->factor[k * m + j] * white[t * m + j];
      white[t * m + k] = rest / problem->factor[k * m + k];
    }
}

// The logarithms take the place of the numbers.
static double KERNEL(sum_of_logs)(ptrdiff_t count, double *numbers) {
  double sum = 0;
  KERNEL(log)(count, numbers, numbers);
  for (ptrdiff_t i = 0; i < count; i++) sum += numbers[i];
  return sum;
}

#define WIDTH 4
#include "smoother_steps.h"
#undef WIDTH
#define WIDTH 8
#include "smoother_steps.h"
#undef WIDTH

int KERNEL(smoother)(const struct kernel_smoother *problem, struct kernel_smoother_answer *answer) {
  return problem->states <= 4 ? KERNEL(smoother_of_4)(problem, answer)
                              : KERNEL(smoother_of_8)(problem, answer);
}
