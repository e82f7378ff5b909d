// Signals that ask for an end are noted first, so that what was learned can be saved.
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>

#include "terminal.h"

static volatile sig_atomic_t noted = 0;

static void note(int number) { noted = number; }

void interrupts_catch(void) {
  // Once only: who asks a second time does not want to wait.
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
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

int interrupts_noted(void) { return noted; }
