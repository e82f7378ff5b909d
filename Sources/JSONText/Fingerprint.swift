/// A number of 64 bits for what some bytes are, in hexadecimal digits: two texts that are not the same
/// hardly ever share one.
///
/// Reference: Fowler, Noll and Vo, FNV-1a.
public func fingerprint(of bytes: some Sequence<UInt8>) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return String(hash, radix: 16)
}
