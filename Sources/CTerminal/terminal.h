// What Swift cannot say without pointers: the width of a terminal (ioctl is variadic, so Swift
// does not import it) and a byte on standard error. Numbers in, numbers out; header only.
#pragma once

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/// The columns of the terminal behind a descriptor; 0 where there is none.
static inline int terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The next byte of standard input; -1 at its end or where it cannot be read.
static inline int input_byte(void) { return getc(stdin); }

/// Whether standard input ended in an error.
static inline int input_failed(void) { return ferror(stdin); }

/// The next byte behind a descriptor; -1 at its end, -2 where it cannot be read.
static inline int descriptor_byte(int descriptor) {
  unsigned char byte;
  ssize_t count;
  do count = read(descriptor, &byte, 1);
  while (count < 0 && errno == EINTR);
  return count == 1 ? byte : count == 0 ? -1 : -2;
}

/// Whether something written to standard output was lost, a reader that went away excepted.
///
/// The write that found no reader may be long past, and its errno with it: the pipe itself is asked.
static inline int output_failed(void) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
  struct pollfd output = {STDOUT_FILENO, POLLOUT, 0};
  return !(poll(&output, 1, 0) == 1 && (output.revents & POLLERR));
}

/// Writes one byte to standard error.
static inline void terminal_complain(int byte) { fputc(byte, stderr); }
