// The kernels for whatever the compiler takes for granted.
#define KERNEL(name) kernel_##name##_baseline
#include "bodies/all.h"
