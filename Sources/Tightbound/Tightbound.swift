// What a stranger imports: `import Tightbound` in place of four lines.
//
// Only what belongs together is passed on: choices and their interpreters, models, oracles, and what
// judges. Approximations are a product of their own, so that what is judged and what it is judged by
// stay two imports; special functions, networks and kernels are means, not ends.

@_exported public import Exact
@_exported public import Models
@_exported public import Probability
@_exported public import Verification
