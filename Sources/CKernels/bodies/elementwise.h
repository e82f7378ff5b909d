// exp and log over arrays.
#include "exponential.h"
#include <string.h>

// The last few numbers go through a vector of their own, filled up with ones.
#define OVER_ARRAY(NAME, FUNCTION)                                                     \
  void NAME(ptrdiff_t count, const double *x, double *result) {                        \
    ptrdiff_t i = 0;                                                                   \
    for (; i + 8 <= count; i += 8) store8(result + i, FUNCTION(load8(x + i)));         \
    if (i == count) return;                                                            \
    eight rest = all8(1);                                                              \
    memcpy(&rest, x + i, (size_t)(count - i) * sizeof(double));                        \
    rest = FUNCTION(rest);                                                             \
    memcpy(result + i, &rest, (size_t)(count - i) * sizeof(double));                   \
  }

OVER_ARRAY(KERNEL(exp), exp8)
OVER_ARRAY(KERNEL(log), log8)
