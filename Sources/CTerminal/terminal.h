// What Swift cannot say without pointers: the width of a terminal (ioctl is variadic, so Swift
// does not import it) and a byte on standard error. Numbers in, numbers out; header only.
#pragma once

#include <stdio.h>
#include <sys/ioctl.h>

/// The columns of the terminal behind a descriptor; 0 where there is none.
static inline int terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// Writes one byte to standard error.
static inline void terminal_complain(int byte) { fputc(byte, stderr); }
