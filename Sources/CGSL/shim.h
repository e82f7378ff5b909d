// The parts of libgsl that Tightbound stands on, and what Swift cannot import by itself.
#ifndef TIGHTBOUND_CGSL_SHIM_H
#define TIGHTBOUND_CGSL_SHIM_H

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_vector.h>

// GSL names its generators and algorithms by global pointers, which Swift 6 takes for shared
// mutable state; these functions read them.
static inline const gsl_rng_type *tightbound_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_min_fminimizer_type *tightbound_brent_minimiser(void) {
  return gsl_min_fminimizer_brent;
}
static inline const gsl_root_fsolver_type *tightbound_brent_root(void) {
  return gsl_root_fsolver_brent;
}
static inline const gsl_multimin_fminimizer_type *tightbound_simplex(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}
static inline const gsl_multimin_fdfminimizer_type *tightbound_bfgs(void) {
  return gsl_multimin_fdfminimizer_vector_bfgs2;
}
static inline const gsl_integration_fixed_type *tightbound_legendre(void) {
  return gsl_integration_fixed_legendre;
}
static inline const gsl_integration_fixed_type *tightbound_hermite(void) {
  return gsl_integration_fixed_hermite;
}

// One flip after the other: bit i is 1 where a number uniform on (0, 1), made as Generator.uniform
// makes it, lies below probability i. Returns how many flips were made before a probability that
// is none.
static inline long tightbound_flips(
  const gsl_rng *generator, long count, const double *probabilities, double *bits) {
  unsigned long (*next)(void *) = generator->type->get;
  for (long i = 0; i < count; i++) {
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) return i;
    unsigned long long high = next(generator->state), low = next(generator->state);
    double uniform = ((double)((high << 32 | low) >> 12) + 0.5) * 0x1p-52;
    bits[i] = uniform < probabilities[i];
  }
  return count;
}

// Draws from N(0, 1), one after the other.
static inline void tightbound_normals(const gsl_rng *generator, long count, double *numbers) {
  for (long i = 0; i < count; i++) numbers[i] = gsl_ran_gaussian_ziggurat(generator, 1);
}

#endif
