internal import CKernels

/// Whether a kernel's arithmetic stayed within the range of doubles.
///
/// A kernel works in plain doubles, where the readable oracle beside it works with logarithms. It asks
/// the processor afterwards whether any operation underflowed, overflowed or was invalid; if one
/// was, it has no answer, and the oracle in log space is asked instead.
func isWithinRange(_ status: Int32) -> Bool { status == KERNEL_WITHIN_RANGE }
