internal import CKernels

/// Replaces every number by its exponential.
public func exponentiate(_ values: inout [Double]) {
  let count = values.count
  unsafe values.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    unsafe kernel_exp(count, start, start)
  }
}

/// Replaces every number by its natural logarithm: −∞ for zero, NaN below.
public func takeLogarithms(_ values: inout [Double]) {
  let count = values.count
  unsafe values.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    unsafe kernel_log(count, start, start)
  }
}
