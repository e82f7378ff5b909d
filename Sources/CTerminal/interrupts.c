// Signals that ask for an end are noted first, so that what was learned can be saved.
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "terminal.h"

static volatile sig_atomic_t noted = 0;

static void note(int number) { noted = number; }

// Nothing is kept, so nothing has to be waited for.
static void end(int number) { _exit(128 + number); }

static void handle(void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART | flags};
  sigemptyset(&action.sa_mask);
  // Whoever started this process may have had them blocked.
  sigset_t all;
  sigemptyset(&all);
  sigaddset(&all, SIGINT);
  sigaddset(&all, SIGTERM);
  sigaddset(&all, SIGHUP);
  sigprocmask(SIG_UNBLOCK, &all, NULL);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
}

// Once only: who asks a second time does not want to wait.
void interrupts_catch(void) { handle(note, (int)SA_RESETHAND); }

void interrupts_end(void) { handle(end, 0); }

int interrupts_noted(void) { return noted; }
