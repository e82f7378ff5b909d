internal import CKernels

/// Runs tasks by their numbers on up to so many threads, the calling one among them; which thread
/// takes a task is chance.
public func forEachTask(_ count: Int, threads: Int, _ task: (Int) -> Void) {
  withoutActuallyEscaping(task) { task in
    var task = task
    unsafe withUnsafeMutablePointer(to: &task) { shared in
      _ = unsafe kernel_parallel(
        Int32(clamping: threads), Int32(clamping: count), nil,
        { context, number, _ in
          guard let context = unsafe context else { return }
          unsafe context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(number))
        }, shared)
    }
  }
}
