// A pager between the command and the terminal, as git has it: standard output becomes a pipe that
// the pager reads, and the command waits until its reader is done.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "terminal.h"

extern char **environ;

enum { longest = 4000, most_words = 64 };

static char command[longest + 1];
static int length = 0;
static volatile pid_t pager = 0;
static volatile int terminal = -1;

int pager_command_byte(int byte) {
  if (length >= longest) return 0;
  command[length++] = (char)byte;
  command[length] = 0;
  return 1;
}

// What only a shell understands; a plain program is started without one, so that a missing one is
// known before anything is written to it.
static int needs_shell(void) { return command[strcspn(command, "|&;<>()$`\\\"'*?[#~=%\n")] != 0; }

// A signal that ends the command ends it after its pager, or both would read the terminal.
static void leave(int number) {
  close(STDOUT_FILENO);
  int status;
  while (waitpid(pager, &status, 0) < 0 && errno == EINTR) {}
  signal(number, SIG_DFL);
  raise(number);
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static void on_ending(void (*handler)(int)) {
  for (unsigned i = 0; i < sizeof ending / sizeof *ending; i++) signal(ending[i], handler);
}

static int spawn(int input) {
  char text[longest + 1];
  char *words[most_words + 1] = {"sh", "-c", text, NULL};
  strcpy(text, command);
  if (!needs_shell()) {
    int count = 0;
    char *place;
    for (char *word = strtok_r(text, " \t", &place); word; word = strtok_r(NULL, " \t", &place)) {
      if (count == most_words) return 0;
      words[count++] = word;
    }
    words[count] = NULL;
    if (count == 0) return 0;
  }
  setenv("LESS", "FRX", 0);
  setenv("LV", "-c", 0);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawnattr_init(&attributes);
  // The command does not mind a closed pipe; its pager should.
  sigset_t usual;
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child;
  int failed = posix_spawnp(&child, words[0], &actions, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed) return 0;
  pager = child;
  return 1;
}

int pager_start(void) {
  int ends[2];
  if (pager || length == 0 || fflush(stdout) != 0) return 0;
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (terminal < 0 || !spawn(ends[0])) {
    close(ends[0]);
    close(ends[1]);
    return 0;
  }
  dup2(ends[1], STDOUT_FILENO);
  close(ends[0]);
  close(ends[1]);
  on_ending(leave);
  return 1;
}

int pager_finish(void) {
  if (!pager) return 0;
  // What a pager that was quit did not read is dropped, and is no failure.
  if (fflush(stdout) != 0) __fpurge(stdout);
  clearerr(stdout);
  close(STDOUT_FILENO);
  int status = 0;
  while (waitpid(pager, &status, 0) < 0 && errno == EINTR) {}
  on_ending(SIG_DFL);
  dup2(terminal, STDOUT_FILENO);
  close(terminal);
  pager = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}
