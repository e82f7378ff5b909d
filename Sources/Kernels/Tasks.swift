internal import CKernels

/// Runs tasks by their numbers on up to so many threads, the calling one among them; which thread
/// takes a task is chance.
public func forEachTask(_ count: Int, threads: Int, _ task: (Int) -> Void) {
  withoutActuallyEscaping(task) { task in
    let shared = Shared(task)
    _ = unsafe kernel_parallel(
      Int32(clamping: threads), Int32(clamping: count), nil,
      { context, number, _ in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Shared>.fromOpaque(context).takeUnretainedValue().task(Int(number))
      }, Unmanaged.passUnretained(shared).toOpaque())
    extendLifetime(shared)
  }
}

/// What tasks share.
private final class Shared {
  let task: (Int) -> Void
  init(_ task: @escaping (Int) -> Void) { self.task = task }
}
