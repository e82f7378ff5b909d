// The kernels for x86-64 processors since about 2013: four doubles at a time, fused multiply-add.
#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute push( \
  __attribute__((target("avx2,fma,bmi2"))), apply_to = function)
#define KERNEL(name) kernel_##name##_avx2
#define KERNEL_REGISTERS 16
#include "bodies/all.h"
#pragma clang attribute pop
#endif
