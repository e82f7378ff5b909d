// What the fuzzer's entry points need and Swift does not offer: libFuzzer's own mutations, and the
// two things that outlive one input, the tally of outcomes and the record of findings.
#ifndef TIGHTBOUND_LIBFUZZER_H
#define TIGHTBOUND_LIBFUZZER_H
#include <stddef.h>
#include <stdint.h>

/// Mutates bytes in place; offered by libFuzzer to custom mutators.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/// Counts an outcome; the table of all is printed when the process ends.
void fuzz_tally(const char *outcome);

/// A finding: aborts, so that libFuzzer keeps the input; or, where the environment names a folder
/// with FUZZ_FINDINGS, writes the input there (at most eight of a kind) and goes on.
void fuzz_finding(const char *kind, const char *message, const uint8_t *data, size_t size);

#endif
