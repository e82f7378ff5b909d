// A cloud of particles that see a count: log weights, their sum, and descendants at even distances.
#ifndef TIGHTBOUND_PARTICLES_H
#define TIGHTBOUND_PARTICLES_H

#include "exponential.h"
#include "vectors.h"

// log w = y (x + offset) - exp(x + offset), but for log y!; the places up to the next whole vector weigh nothing.
// Leaves w / max w in `weights` and returns log max w.
static double KERNEL(particle_weights)(
  ptrdiff_t count, double y, double offset, const double *x, double *weights) {
  for (ptrdiff_t i = 0; i < count; i += 8) {
    eight rate = load8(x + i) + offset;
    store8(weights + i, y * rate - exp8(rate));
  }
  for (ptrdiff_t i = count; i % 8 != 0; i++) weights[i] = -__builtin_inf();
  eight top = all8(-__builtin_inf());
  for (ptrdiff_t i = 0; i < count; i += 8) {
    eight score = load8(weights + i);
    top = choose8(score > top, score, top);
  }
  double highest = top[0];
  for (int lane = 1; lane < 8; lane++) highest = top[lane] > highest ? top[lane] : highest;
  for (ptrdiff_t i = 0; i < count; i += 8) store8(weights + i, exp8(load8(weights + i) - highest));
  return highest;
}

// The log of the mean weight (but for log y!), and the next cloud: place n descends from the first particle at
// which the running sum of N w / sum w lies above n + u, and moves to decay * parent + deviation * noise[n].
// `x`, `weights` and `parents` hold 8 numbers more than `count`.
double KERNEL(particles_poisson)(
  ptrdiff_t count, double y, double offset, double decay, double deviation, double u,
  const double *noise, double *x, double *weights, double *parents) {
  double highest = KERNEL(particle_weights)(count, y, offset, x, weights);
  if (highest == -__builtin_inf()) return highest;
  eight partial = all8(0);
  for (ptrdiff_t i = 0; i < count; i += 8) partial += load8(weights + i);
  double total = sum8(partial), scale = (double)count / total, sum = 0;
  ptrdiff_t place = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    sum += weights[i];
    // Places below N (w_0 + ... + w_i) / sum w - u; eight are written at once, and those too many written over.
    double last = sum * scale - u;
    ptrdiff_t end = last > 0 ? (ptrdiff_t)last + ((double)(ptrdiff_t)last < last) : 0;
    if (end > count) end = count;
    if (end > place) {
      eight parent = all8(x[i]);
      store8(parents + place, parent);
      for (ptrdiff_t more = place + 8; more < end; more += 8) store8(parents + more, parent);
      place = end;
    }
  }
  // Rounding may leave the last places to nobody: they descend from the last particle that weighs anything.
  for (ptrdiff_t i = count - 1; place < count && i >= 0; i--)
    if (weights[i] > 0)
      for (; place < count; place++) parents[place] = x[i];
  for (ptrdiff_t n = 0; n < count; n++) x[n] = decay * parents[n] + deviation * noise[n];
  return highest + log8(all8(total / (double)count))[0];
}

#endif
