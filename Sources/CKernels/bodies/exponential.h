// exp and log of eight doubles at once, good to about one unit in the last place.
#ifndef TIGHTBOUND_EXPONENTIAL_H
#define TIGHTBOUND_EXPONENTIAL_H

#include "vectors.h"

// ln 2 in two parts; the first has so few digits that its product with an exponent is exact.
#define LN2_HIGH 0x1.62e42fefap-1
#define LN2_LOW 0x1.cf79abc9e3b3ap-40
// Adding and subtracting 1.5 * 2^52 rounds to a whole number, which the low bits then hold.
#define TO_WHOLE 0x1.8p52

// 2^n for whole n from -1022 to 1023.
KERNEL_INLINE eight power_of_two8(eight_integers n) {
  return (eight)((n + 1023) << 52);
}

// exp x = 2^n exp r with r = x - n ln 2, |r| <= ln 2 / 2, and the Taylor series of exp r to its
// thirteenth term, whose remainder is below 5e-18. Below -745.2 the result is 0 (with the flag of
// underflow, but for minus infinity, where 0 is exact), above 709.8 infinity. The 2^n is applied in two halves so that results below 2^-1022 round once.
KERNEL_INLINE eight exp8(eight x) {
  eight clamped = choose8(x < -746, all8(-746), x);
  clamped = choose8(x == -__builtin_inf(), all8(0), clamped);
  clamped = choose8(clamped > 710, all8(710), clamped);
  eight shifted = clamped * 0x1.71547652b82fep0 + TO_WHOLE;
  eight n = shifted - TO_WHOLE;
  eight r = (clamped - n * LN2_HIGH) - n * LN2_LOW;
  eight r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  eight p01 = 1 + r, p23 = 1.0 / 2 + r * (1.0 / 6);
  eight p45 = 1.0 / 24 + r * (1.0 / 120), p67 = 1.0 / 720 + r * (1.0 / 5040);
  eight p89 = 1.0 / 40320 + r * (1.0 / 362880);
  eight pab = 1.0 / 3628800 + r * (1.0 / 39916800);
  eight pcd = 1.0 / 479001600 + r * (1.0 / 6227020800);
  eight high = (p89 + r2 * pab) + r4 * pcd;
  eight series = p01 + (r2 * (p23 + r2 * p45) + (r4 * r2) * p67 + r8 * high);
  eight_integers whole = (eight_integers)shifted - (eight_integers)all8(TO_WHOLE);
  eight_integers half = whole >> 1;
  eight result = series * power_of_two8(half) * power_of_two8(whole - half);
  result = choose8(x == -__builtin_inf(), all8(0), result);
  return choose8(x != x, x, result);
}

// log x = n ln 2 + 2 artanh s with x = 2^n m, m from sqrt(1/2) to sqrt 2 and s = (m - 1)/(m + 1),
// |s| < 0.172, for x normal or above; denormal x are scaled first. log 0 is minus infinity; below
// zero it is not a number.
KERNEL_INLINE eight log8(eight x) {
  eight_integers tiny = x < 0x1p-1022;
  eight scaled = choose8(tiny, x * 0x1p54, x);
  eight_integers bits = (eight_integers)scaled;
  // Exponent of the number nearest 1 on either side of sqrt(1/2).
  eight_integers n = (bits - 0x3fe6a09e667f3bcdLL) >> 52;
  eight m = (eight)(bits - (n << 52));
  n -= tiny & 54;
  eight whole = (eight)((n + 0x4338000000000000LL)) - TO_WHOLE;
  eight f = m - 1;
  eight s = f / (2 + f), s2 = s * s;
  eight tail = all8(1.0 / 23);
  tail = tail * s2 + 1.0 / 21;
  tail = tail * s2 + 1.0 / 19;
  tail = tail * s2 + 1.0 / 17;
  tail = tail * s2 + 1.0 / 15;
  tail = tail * s2 + 1.0 / 13;
  tail = tail * s2 + 1.0 / 11;
  tail = tail * s2 + 1.0 / 9;
  tail = tail * s2 + 1.0 / 7;
  tail = tail * s2 + 1.0 / 5;
  tail = tail * s2 + 1.0 / 3;
  // log m = f - s (f - 2 s^2 tail'), so that what is added to the exact f is small.
  eight half = s * (f - 2 * (s2 * tail));
  eight result = whole * LN2_HIGH + (f - (half - whole * LN2_LOW));
  result = choose8(x == 0, all8(-__builtin_inf()), result);
  result = choose8(x == __builtin_inf(), x, result);
  return choose8((x < 0) | (x != x), all8(__builtin_nan("")), result);
}

#endif
