// What training a network of tanh layers needs beside products.
#include "exponential.h"
#include "vectors.h"

// tanh x = 1 - 2 / (1 + exp 2x); below 2^-13 its series x - x^3/3, which loses less.
void KERNEL(tanh)(ptrdiff_t count, const double *x, double *result) {
  for (ptrdiff_t j = 0; j < count; j += 8) {
    eight a = load_some8(x + j, count - j, 0);
    eight small = a - a * a * a * (1.0 / 3);
    eight large = 1 - 2 / (1 + exp8(2 * a));
    store_some8(result + j, count - j, choose8(a * a < 0x1p-26, small, large));
  }
}

// slopes = slopes (1 - h^2) for h = tanh.
void KERNEL(tanh_slopes)(ptrdiff_t count, const double *h, double *slopes) {
  for (ptrdiff_t j = 0; j < count; j += 8) {
    eight a = load_some8(h + j, count - j, 0);
    store_some8(slopes + j, count - j, load_some8(slopes + j, count - j, 0) * ((1 - a) * (1 + a)));
  }
}

// A step of Adam down a gradient: rates are those of the mean and of the root of the square, corrected.
void KERNEL(adam)(
  ptrdiff_t count, const double *gradient, double rate, double mean_correction,
  double square_correction, double *means, double *squares, double *x) {
  for (ptrdiff_t j = 0; j < count; j += 8) {
    eight g = load_some8(gradient + j, count - j, 0);
    eight m = 0.9 * load_some8(means + j, count - j, 0) + 0.1 * g;
    eight v = 0.999 * load_some8(squares + j, count - j, 0) + 0.001 * (g * g);
    store_some8(means + j, count - j, m);
    store_some8(squares + j, count - j, v);
    eight root = __builtin_elementwise_sqrt(v * square_correction);
    eight step = rate * (m * mean_correction) / (root + 1e-8);
    store_some8(x + j, count - j, load_some8(x + j, count - j, 0) - step);
  }
}
