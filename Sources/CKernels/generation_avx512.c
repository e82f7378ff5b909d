// The kernels for x86-64 processors with eight doubles at a time.
#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi2"))), \
  apply_to = function)
#define KERNEL(name) kernel_##name##_avx512
#define KERNEL_REGISTERS 32
#include "bodies/all.h"
#pragma clang attribute pop
#endif
