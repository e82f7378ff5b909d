#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "children.h"
#include "state.h"

static int is_known(pid_t process) {
  for (int i = 0; i < most_children; i++)
    if (children[i].used && children[i].process == process) return 1;
  return 0;
}

// Whether a process carries our mark in its environment.
static int is_marked(const char *name) {
  char path[64], mark[64], piece[8192];
  snprintf(path, sizeof path, "/proc/%.20s/environ", name);
  int length = snprintf(mark, sizeof mark, "TIGHTBOUND_JUDGE=%ld", (long)getpid());
  FILE *file = fopen(path, "re");
  if (!file) return 0;
  size_t count = fread(piece, 1, sizeof piece, file);
  fclose(file);
  return memmem(piece, count, mark, (size_t)length + 1) != NULL;
}

static long user_of(const char *name) {
  char path[64];
  struct stat information;
  snprintf(path, sizeof path, "/proc/%.20s", name);
  return stat(path, &information) == 0 ? (long)information.st_uid : -1;
}

// Whether a process became ours and is no child of ours: what this child left behind.
static pid_t orphan(const char *name, const struct child *child) {
  if (!isdigit((unsigned char)name[0])) return 0;
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%.20s/stat", name);
  FILE *file = fopen(path, "re");
  if (!file) return 0;
  size_t count = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  line[count] = 0;
  char *end = strrchr(line, ')');
  int parent = 0, group = 0;
  char state = 0;
  if (!end || sscanf(end + 1, " %c %d %d", &state, &parent, &group) != 3) return 0;
  pid_t process = (pid_t)atoi(name);
  if (parent != getpid() || group == getpgrp() || is_known(process)) return 0;
  int is_its_own = child->user > 0 ? user_of(name) == child->user : is_marked(name);
  return child->sweeps_all || is_its_own ? process : 0;
}

// Ends what lost its parent and so became ours; how many there were.
static int sweep(const struct child *child) {
  DIR *processes = opendir("/proc");
  if (!processes) return 0;
  int found = 0;
  for (struct dirent *entry = readdir(processes); entry; entry = readdir(processes)) {
    pid_t process = orphan(entry->d_name, child);
    if (process <= 0) continue;
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
    found++;
  }
  closedir(processes);
  return found;
}

static void pause_for(long milliseconds) {
  struct timespec time = {0, milliseconds * 1000000};
  nanosleep(&time, NULL);
}

int child_finish(int number) {
  struct child *child = child_of(number);
  if (!child) return 512;
  if (child->input >= 0) close(child->input);
  child->input = -1;
  int status = 0, is_ended = 0;
  // It may still be on its way out: its output has ended, or it was asked to.
  for (int i = 0; i < 20 && !is_ended; i++) {
    is_ended = waitpid(child->process, &status, WNOHANG) == child->process;
    if (!is_ended && child->output >= 0 && i > 2) break;
    if (!is_ended) pause_for(5);
  }
  kill(-child->process, SIGKILL);
  if (!is_ended) {
    kill(child->process, SIGKILL);
    waitpid(child->process, &status, 0);
  }
  if (child->output >= 0) close(child->output);
  if (child->errors >= 0) close(child->errors);
  free(child->waiting.data);
  free(child->read.data);
  child->used = 0;
  // In a space of their own all have ended with it.
  int is_apart = (child->cages & child_cage_processes) != 0;
  for (int rounds = 0; !is_apart && rounds < 50 && sweep(child) > 0; rounds++) pause_for(1);
  if (!is_ended) return 512;
  return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

void children_end(void) {
  children_are_ended = 1;
  for (int i = 0; i < most_children; i++)
    if (children[i].used) {
      kill(-children[i].process, SIGKILL);
      kill(children[i].process, SIGKILL);
    }
}
