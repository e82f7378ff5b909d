internal import CKernels

/// The processors that a form of the kernels is compiled for.
///
/// The newest that this processor runs is used, unless the environment variable `TIGHTBOUND_KERNELS`
/// names an older one: so all can be tested on one machine.
public enum KernelGeneration: String, Sendable, CaseIterable {
  /// Any processor.
  case baseline
  /// Vectors of four doubles.
  case avx2
  /// Vectors of eight doubles.
  case avx512

  /// The one in use.
  public static var current: KernelGeneration {
    switch kernel_generation() {
    case 2: .avx512
    case 1: .avx2
    default: .baseline
    }
  }
}
