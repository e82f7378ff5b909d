// What is known of each child. Guarded by nothing: one thread speaks to one child.
#pragma once

#include <stddef.h>
#include <sys/types.h>

enum { most_children = 16, most_errors = 4096 };

struct bytes {
  unsigned char *data;
  size_t start, end, capacity;
};

struct child {
  int used;
  pid_t process;
  int input, output, errors;
  int cages;
  long user;
  int sweeps_all;
  struct bytes waiting, read;
  unsigned char error_ring[most_errors];
  size_t error_total;
  long deadline;
};

extern struct child children[most_children];
/// Whether no more may be started.
extern volatile int children_are_ended;

struct child *child_of(int number);
int bytes_append(struct bytes *bytes, const unsigned char *data, size_t count);
