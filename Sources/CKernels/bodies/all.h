// Every kernel, once for the generation of processors that the including file is about.
#pragma clang diagnostic ignored "-Wpsabi"
#include "kernels.h"

#include "elementwise.h"
#include "latent_factor.h"
#include "products.h"
#include "rows.h"
#include "training.h"
#include "belief.h"
#include "helmholtz.h"
#include "mixture.h"
#include "moments.h"
#include "smoother.h"
#include "chain.h"
#include "grammar.h"
#include "tree.h"
// The last: it rounds products and sums apart.
#include "messages.h"
