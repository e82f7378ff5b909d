import CLibFuzzer
import FuzzKit

// The three functions that libFuzzer calls, by their names in C.

/// Judges one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let verdict = judge(bytes)
  fuzz_tally(verdict.outcome)
  for complaint in verdict.complaints {
    fuzz_finding(complaint.kind, complaint.message, data, size)
  }
  return 0
}

/// Changes the tree of an input, or for a part of the inputs its bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateOneInput(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maxSize: Int, _ seed: CUnsignedInt
) -> Int {
  var chance = Chance(seed: UInt64(seed))
  if chance.oneIn(10) { return LLVMFuzzerMutate(data, size, maxSize) }
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  guard let text = mutation(of: bytes, most: maxSize, &chance) else {
    return LLVMFuzzerMutate(data, size, maxSize)
  }
  for (index, byte) in text.enumerated() { data[index] = byte }
  return text.count
}

/// Puts a part of one input into another.
@_cdecl("LLVMFuzzerCustomCrossOver")
public func crossOver(
  _ first: UnsafePointer<UInt8>, _ firstSize: Int, _ second: UnsafePointer<UInt8>,
  _ secondSize: Int, _ out: UnsafeMutablePointer<UInt8>, _ maxSize: Int, _ seed: CUnsignedInt
) -> Int {
  var chance = Chance(seed: UInt64(seed))
  let text = crossing(
    Array(UnsafeBufferPointer(start: first, count: firstSize)),
    Array(UnsafeBufferPointer(start: second, count: secondSize)), &chance)
  guard let text, text.count <= maxSize else { return 0 }
  for (index, byte) in text.enumerated() { out[index] = byte }
  return text.count
}
