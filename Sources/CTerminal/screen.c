// A terminal taken over: keys one by one, the other screen, and everything as it was afterwards.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "terminal.h"

static struct termios before;
static volatile sig_atomic_t is_open = 0;
static volatile sig_atomic_t has_changed = 0;

// The other screen and no cursor; and back.
static const char enter[] = "\x1b[?1049h\x1b[?25l";
static const char leave[] = "\x1b[?25h\x1b[?1049l";

static void put(const char *text, unsigned size) {
  while (size > 0) {
    ssize_t count = write(STDOUT_FILENO, text, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    size -= (unsigned)count;
  }
}

static void take(void) {
  struct termios raw = before;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
  raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
  put(enter, sizeof enter - 1);
}

static void give_back(void) {
  put(leave, sizeof leave - 1);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
}

// Ends or stops the process as the signal would have, with the terminal given back.
static void on_end(int number) {
  give_back();
  is_open = 0;
  signal(number, SIG_DFL);
  raise(number);
}

static void on_stop(int number) {
  give_back();
  signal(number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
  // Here it goes on again.
  signal(number, on_stop);
  take();
  has_changed = 1;
}

static void on_change(int number) {
  (void)number;
  has_changed = 1;
}

static void handle(int number, void (*handler)(int)) {
  // Without SA_RESTART, so that a waiting read sees the change.
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

int screen_open(void) {
  if (is_open) return 1;
  if (tcgetattr(STDIN_FILENO, &before) != 0) return 0;
  handle(SIGINT, on_end);
  handle(SIGTERM, on_end);
  handle(SIGHUP, on_end);
  handle(SIGQUIT, on_end);
  handle(SIGTSTP, on_stop);
  handle(SIGWINCH, on_change);
  is_open = 1;
  take();
  atexit(screen_close);
  return 1;
}

void screen_close(void) {
  if (!is_open) return;
  is_open = 0;
  give_back();
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  signal(SIGHUP, SIG_DFL);
  signal(SIGQUIT, SIG_DFL);
  signal(SIGTSTP, SIG_DFL);
  signal(SIGWINCH, SIG_DFL);
}

static int next_byte(const struct timespec *patience, const sigset_t *usual) {
  for (;;) {
    if (has_changed) {
      has_changed = 0;
      return -2;
    }
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    int ready = ppoll(&input, 1, patience, usual);
    if (ready == 0) return -3;
    if (ready < 0 && errno != EINTR) return -1;
    if (ready < 0) continue;
    unsigned char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count == 1) return byte;
    if (count == 0 || errno != EINTR) return -1;
  }
}

int screen_byte(int milliseconds) {
  struct timespec patience = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  // A change between looking for one and waiting would be seen a key too late, so it has to wait.
  sigset_t held, usual;
  sigemptyset(&held);
  sigaddset(&held, SIGWINCH);
  sigaddset(&held, SIGTSTP);
  sigprocmask(SIG_BLOCK, &held, &usual);
  int byte = next_byte(milliseconds < 0 ? NULL : &patience, &usual);
  sigprocmask(SIG_SETMASK, &usual, NULL);
  return byte;
}
