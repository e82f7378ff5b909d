#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "terminal.h"

int terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int terminal_rows(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

int input_byte(void) { return getc(stdin); }

int input_failed(void) { return ferror(stdin); }

int descriptor_byte(int descriptor) {
  unsigned char byte;
  ssize_t count;
  do count = read(descriptor, &byte, 1);
  while (count < 0 && errno == EINTR);
  return count == 1 ? byte : count == 0 ? -1 : -2;
}

// The write that found no reader may be long past, and its errno with it: the pipe is asked.
int output_failed(void) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
  struct pollfd output = {STDOUT_FILENO, POLLOUT, 0};
  return !(poll(&output, 1, 0) == 1 && (output.revents & POLLERR));
}

void output_flush(void) { fflush(stdout); }

void terminal_complain(int byte) { fputc(byte, stderr); }
