// The vectors that kernels are written in: eight doubles side by side, which is one register, two or
// four, whatever the processor's generation has.
#ifndef TIGHTBOUND_VECTORS_H
#define TIGHTBOUND_VECTORS_H

typedef double eight __attribute__((vector_size(64)));
// The same, standing anywhere in an array of doubles.
typedef double eight_anywhere __attribute__((vector_size(64), aligned(8)));
typedef long long eight_integers __attribute__((vector_size(64)));

#define KERNEL_INLINE static inline __attribute__((always_inline))

KERNEL_INLINE eight load8(const double *from) { return *(const eight_anywhere *)from; }
KERNEL_INLINE void store8(double *to, eight x) { *(eight_anywhere *)to = x; }
KERNEL_INLINE eight all8(double x) { return (eight){x, x, x, x, x, x, x, x}; }

KERNEL_INLINE double sum8(eight x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

KERNEL_INLINE eight choose8(eight_integers mask, eight yes, eight no) {
  return (eight)((mask & (eight_integers)yes) | (~mask & (eight_integers)no));
}

KERNEL_INLINE int any8(eight_integers mask) { return __builtin_reduce_or(mask) != 0; }

#endif
