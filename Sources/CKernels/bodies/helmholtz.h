// One step of wake-sleep on a batch: recognise, let the generative layers predict what was recognised,
// dream with the layers as they are then, let the recognition layers predict what was dreamt.
//
// Layer 0 is observed, layer L the top. Rows are filled up to whole vectors; what lies beyond a row's
// units is zero in every parameter and in every state, and stays so.
#ifndef TIGHTBOUND_HELMHOLTZ_H
#define TIGHTBOUND_HELMHOLTZ_H

#include "exponential.h"
#include "vectors.h"
#include <string.h>

// p = sigmoid(bias + s W), a row of states at a time; without a source, the biases alone.
static void KERNEL(helmholtz_predict)(
  ptrdiff_t batch, ptrdiff_t sources, ptrdiff_t of_source, ptrdiff_t width, const double *states,
  const double *weights, const double *bias, double *p) {
  for (ptrdiff_t b = 0; b < batch; b++)
    for (ptrdiff_t j = 0; j < width; j += 8) {
      eight even = load8(bias + j), odd = all8(0);
      ptrdiff_t i = 0;
      for (; i + 1 < sources; i += 2) {
        even += states[b * of_source + i] * load8(weights + i * width + j);
        odd += states[b * of_source + i + 1] * load8(weights + (i + 1) * width + j);
      }
      if (i < sources) even += states[b * of_source + i] * load8(weights + i * width + j);
      store8(p + b * width + j, 1 / (1 + exp8(-(even + odd))));
    }
}

// A state is on where its number lies below its probability.
static void KERNEL(helmholtz_draw)(
  ptrdiff_t batch, ptrdiff_t units, ptrdiff_t width, const double *p, const double *uniform,
  double *states) {
  for (ptrdiff_t k = 0; k < batch * width; k++) states[k] = uniform[k] < p[k] ? 1.0 : 0.0;
  for (ptrdiff_t b = 0; b < batch; b++)
    for (ptrdiff_t j = units; j < width; j++) states[b * width + j] = 0;
}

// The delta rule: weights += rate s (t - p), bias += rate (t - p), summed over the batch.
static void KERNEL(helmholtz_learn)(
  ptrdiff_t batch, ptrdiff_t sources, ptrdiff_t of_source, ptrdiff_t units, ptrdiff_t width,
  double rate, const double *states, const double *target, double *p, double *weights,
  double *bias) {
  for (ptrdiff_t b = 0; b < batch; b++) {
    for (ptrdiff_t j = 0; j < width; j++) p[b * width + j] = rate * (target[b * width + j] - p[b * width + j]);
    for (ptrdiff_t j = units; j < width; j++) p[b * width + j] = 0;
  }
  for (ptrdiff_t j = 0; j < width; j += 8) {
    eight sum = load8(bias + j);
    for (ptrdiff_t b = 0; b < batch; b++) sum += load8(p + b * width + j);
    store8(bias + j, sum);
    for (ptrdiff_t i = 0; i < sources; i++) {
      eight row = load8(weights + i * width + j);
      for (ptrdiff_t b = 0; b < batch; b++)
        row += states[b * of_source + i] * load8(p + b * width + j);
      store8(weights + i * width + j, row);
    }
  }
}

void KERNEL(helmholtz)(const struct kernel_helmholtz *m) {
  ptrdiff_t batch = m->batch;
  int top = m->layers;
  double rate = m->rate / (double)batch;
  const double *uniform = m->uniforms;
  double *p = m->scratch;
  // Awake: states from below.
  for (int l = 0; l < top; l++) {
    ptrdiff_t width = m->width[l + 1];
    KERNEL(helmholtz_predict)(
      batch, m->units[l], m->width[l], width, m->states[l], m->up[l], m->up_bias[l], p);
    KERNEL(helmholtz_draw)(batch, m->units[l + 1], width, p, uniform, m->states[l + 1]);
    uniform += batch * width;
  }
  for (int l = top; l >= 0; l--) {
    ptrdiff_t sources = l < top ? m->units[l + 1] : 0, of_source = l < top ? m->width[l + 1] : 0;
    const double *above = l < top ? m->states[l + 1] : 0;
    KERNEL(helmholtz_predict)(
      batch, sources, of_source, m->width[l], above, m->down[l], m->down_bias[l], p);
    KERNEL(helmholtz_learn)(
      batch, sources, of_source, m->units[l], m->width[l], rate, above, m->states[l], p, m->down[l],
      m->down_bias[l]);
  }
  // Asleep: states from above. The observed units of a dream lie where no data are.
  for (int l = top; l >= 0; l--) {
    ptrdiff_t sources = l < top ? m->units[l + 1] : 0, of_source = l < top ? m->width[l + 1] : 0;
    double *states = l > 0 ? m->states[l] : m->dreams;
    KERNEL(helmholtz_predict)(
      batch, sources, of_source, m->width[l], l < top ? m->states[l + 1] : 0, m->down[l],
      m->down_bias[l], p);
    KERNEL(helmholtz_draw)(batch, m->units[l], m->width[l], p, uniform, states);
    uniform += batch * m->width[l];
  }
  for (int l = 0; l < top; l++) {
    const double *below = l > 0 ? m->states[l] : m->dreams;
    KERNEL(helmholtz_predict)(
      batch, m->units[l], m->width[l], m->width[l + 1], below, m->up[l], m->up_bias[l], p);
    KERNEL(helmholtz_learn)(
      batch, m->units[l], m->width[l], m->units[l + 1], m->width[l + 1], rate, below,
      m->states[l + 1], p, m->up[l], m->up_bias[l]);
  }
}

#endif
