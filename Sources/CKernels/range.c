// Did any result leave the range of doubles?
//
// The processor keeps a sticky flag for every operation that underflowed (and lost digits),
// overflowed or was invalid. A kernel that works in plain doubles begins by clearing them and ends
// by reading them: if none is set, every product and sum was good to rounding, which no bound
// worked out beforehand can say so sharply. The flags belong to the thread.
#include "kernels.h"
#include <fenv.h>

void kernel_range_begin(void) { feclearexcept(FE_ALL_EXCEPT); }

int kernel_range_end(void) {
  int raised = fetestexcept(FE_UNDERFLOW | FE_OVERFLOW | FE_INVALID | FE_DIVBYZERO);
  return (raised & FE_UNDERFLOW ? KERNEL_UNDERFLOW : 0) |
         (raised & (FE_OVERFLOW | FE_DIVBYZERO) ? KERNEL_OVERFLOW : 0) |
         (raised & FE_INVALID ? KERNEL_INVALID : 0);
}
