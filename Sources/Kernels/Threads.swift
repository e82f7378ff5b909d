internal import CKernels

/// The number of processors that this process may use.
public func processorCount() -> Int { Int(kernel_processors()) }

/// How many threads a sum of so many products is worth: one, or all processors.
///
/// Making a second thread, and waiting for it on a busy machine, takes as long as some millions of
/// products. No result depends on this.
public func threadCount(forProducts count: Double) -> Int {
  count < 0x1p23 ? 1 : processorCount()
}
