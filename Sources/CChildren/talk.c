#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "children.h"
#include "state.h"

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Reads what there is; the descriptor becomes -1 at its end.
static void take_output(struct child *child) {
  unsigned char piece[65536];
  ssize_t count = read(child->output, piece, sizeof piece);
  if (count > 0 && bytes_append(&child->read, piece, (size_t)count)) return;
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  close(child->output);
  child->output = -1;
}

static void take_errors(struct child *child) {
  unsigned char piece[65536];
  ssize_t count = read(child->errors, piece, sizeof piece);
  if (count > 0) {
    for (ssize_t i = 0; i < count; i++)
      child->error_ring[child->error_total++ % most_errors] = piece[i];
    return;
  }
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  close(child->errors);
  child->errors = -1;
}

static void give_input(struct child *child) {
  struct bytes *waiting = &child->waiting;
  ssize_t count = write(child->input, waiting->data + waiting->start, waiting->end - waiting->start);
  if (count > 0) waiting->start += (size_t)count;
  if (count < 0 && errno != EAGAIN && errno != EINTR) {
    close(child->input);
    child->input = -1;
  }
}

// Whether the child has ended; what it started may still hold its streams open.
static int is_over(const struct child *child) {
  siginfo_t information = {0};
  return waitid(P_PID, (id_t)child->process, &information, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         information.si_pid == child->process;
}

// Moves bytes in all directions until something is there, or time is over.
static void turn(struct child *child, long milliseconds) {
  int is_waiting = child->input >= 0 && child->waiting.start < child->waiting.end;
  struct pollfd all[3] = {
      {child->output, POLLIN, 0}, {child->errors, POLLIN, 0}, {is_waiting ? child->input : -1, POLLOUT, 0}};
  if (poll(all, 3, milliseconds > 0 ? (int)milliseconds : 0) <= 0) return;
  if (all[0].revents) take_output(child);
  if (all[1].revents) take_errors(child);
  if (all[2].revents) give_input(child);
}

int child_write_byte(int number, int byte) {
  struct child *child = child_of(number);
  unsigned char one = (unsigned char)byte;
  return child && bytes_append(&child->waiting, &one, 1);
}

int child_flush(int number, int milliseconds) {
  struct child *child = child_of(number);
  if (!child) return -1;
  long end = now() + milliseconds;
  while (child->input >= 0 && child->waiting.start < child->waiting.end) {
    long left = end - now();
    if (left <= 0) return 0;
    turn(child, left);
  }
  return child->input >= 0 ? 1 : -1;
}

void child_expect(int number, int milliseconds) {
  struct child *child = child_of(number);
  if (child) child->deadline = now() + milliseconds;
}

int child_read_byte(int number) {
  struct child *child = child_of(number);
  if (!child) return -1;
  if (child->read.start == child->read.end) {
    while (child->read.start == child->read.end && child->output >= 0) {
      long left = child->deadline - now();
      if (left <= 0) return -2;
      int was_over = is_over(child);
      turn(child, left < 100 ? left : 100);
      if (was_over && child->read.start == child->read.end) break;
    }
    if (child->read.start == child->read.end) {
      // What it said last stands in the other stream.
      if (child->errors >= 0) turn(child, 20);
      return -1;
    }
  }
  return child->read.data[child->read.start++];
}

int child_has_output(int number) {
  struct child *child = child_of(number);
  if (!child) return 0;
  if (child->output >= 0) turn(child, 0);
  return child->read.start < child->read.end;
}

int child_error_count(int number) {
  struct child *child = child_of(number);
  if (!child) return 0;
  return (int)(child->error_total < most_errors ? child->error_total : most_errors);
}

int child_error_byte(int number, int index) {
  struct child *child = child_of(number);
  int count = child_error_count(number);
  if (!child || index < 0 || index >= count) return -1;
  return child->error_ring[(child->error_total - (size_t)count + (size_t)index) % most_errors];
}
