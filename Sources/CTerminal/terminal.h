// What Swift cannot say without pointers: the width of a terminal (ioctl is variadic, so Swift
// does not import it) and a byte on standard error. Numbers in, numbers out; header only.
#pragma once

#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>

/// The columns of the terminal behind a descriptor; 0 where there is none.
static inline int terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The next byte of standard input; -1 at its end or where it cannot be read.
static inline int input_byte(void) { return getc(stdin); }

/// Whether standard input ended in an error.
static inline int input_failed(void) { return ferror(stdin); }

/// Whether something written to standard output was lost, a reader that went away excepted.
static inline int output_failed(void) {
  errno = 0;
  int failed = fflush(stdout) != 0 || ferror(stdout);
  return failed && errno != EPIPE;
}

/// Writes one byte to standard error.
static inline void terminal_complain(int byte) { fputc(byte, stderr); }
