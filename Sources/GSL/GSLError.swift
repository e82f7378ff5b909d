internal import CGSL

/// Why a function of this room has no answer: which function, for which arguments, and what failed.
public struct GSLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Hashable, Sendable {
    /// An argument lies where the function is not defined.
    case domain
    /// The answer exists but lies outside the range the method covers.
    case range
    /// The answer is too large for a Double.
    case overflow
    /// The answer is not zero, but too small for a Double.
    case underflow
    /// An iteration used up its budget before it met its tolerance.
    case noConvergence
    /// A matrix has no inverse, to working precision.
    case singular
    /// An integrand is too wild at some point of the interval.
    case singularIntegrand
    /// A symmetric matrix has an eigenvalue that is not positive.
    case notPositiveDefinite
    /// Rounding keeps the answer from the accuracy asked for.
    case accuracyLost
    /// The call itself makes no sense, for the reason given.
    case badArgument(String)
    /// Memory could not be allocated.
    case outOfMemory
    /// Any other status code of GSL, with GSL's words for it.
    case status(Int32, String)
  }

  /// The function that was called.
  public let function: String
  /// What went wrong.
  public let kind: Kind
  /// The arguments of the call, in words; empty if they say nothing.
  public let arguments: String

  /// Creates an error of `function` called with `arguments`.
  public init(_ function: String, _ kind: Kind, arguments: String = "") {
    self.function = function
    self.kind = kind
    self.arguments = arguments
  }

  /// The call and what is wrong with it, such as `logGamma(0.0): argument outside the domain`.
  public var description: String { "\(function)(\(arguments)): \(kind.words)" }
}

extension GSLError {
  /// A function handed to this room returned a NaN or an infinity at a point.
  static func returned(_ value: Double, _ function: String, at point: String) -> GSLError {
    // The sign of a NaN says nothing, and differs between processors.
    let found = value.isNaN ? "nan" : "\(value)"
    return GSLError(
      function, .badArgument("the function returned \(found)"), arguments: "at \(point)")
  }
}

extension GSLError.Kind {
  var words: String {
    switch self {
    case .domain: "argument outside the domain"
    case .range: "result outside the range of the method"
    case .overflow: "result too large for a Double"
    case .underflow: "result too small for a Double"
    case .noConvergence: "no convergence within the budget"
    case .singular: "singular matrix"
    case .singularIntegrand: "integrand too wild at some point of the interval"
    case .notPositiveDefinite: "matrix not positive definite"
    case .accuracyLost: "rounding prevents the accuracy asked for"
    case .badArgument(let reason): reason
    case .outOfMemory: "out of memory"
    case .status(let code, let words): "GSL status \(code), \(words)"
    }
  }

  /// The meaning of a status of GSL other than success.
  init(status: Int32) {
    switch Int(status) {
    case GSL_EDOM: self = .domain
    case GSL_ERANGE: self = .range
    case GSL_EOVRFLW: self = .overflow
    case GSL_EUNDRFLW: self = .underflow
    case GSL_ENOMEM: self = .outOfMemory
    case GSL_ESING, GSL_EZERODIV: self = .singular
    case GSL_EINVAL: self = .badArgument("invalid argument")
    case GSL_EBADLEN: self = .badArgument("lengths do not match")
    case GSL_ENOTSQR: self = .badArgument("matrix not square")
    case GSL_EMAXITER, GSL_EDIVERGE, GSL_ENOPROG, GSL_ENOPROGJ, GSL_EFAILED, GSL_ERUNAWAY:
      self = .noConvergence
    case GSL_EROUND, GSL_ELOSS, GSL_ETOL: self = .accuracyLost
    default: self = unsafe .status(status, String(cString: gsl_strerror(status)))
    }
  }
}

/// GSL's habit of aborting the process on an error, which this room switches off.
enum AbortHandler {
  /// Reading this switches the handler off, once for the process.
  private static let switchedOff: Bool = {
    unsafe _ = gsl_set_error_handler_off()
    return true
  }()

  /// Makes sure that GSL reports errors by status; every call of GSL that can fail comes after it.
  static func ensureOff() {
    _ = switchedOff
  }
}
