#define _GNU_SOURCE
#include "apart.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "children.h"

// Where the system refused once it is not asked again: 0 not tried, 1 granted, -1 refused.
static int permission = 0;

static void write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t ignored = write(file, text, strlen(text));
  (void)ignored;
  close(file);
}

// Who is not root may have namespaces only as a user of their own, who is called as before.
static void keep_names(uid_t user, gid_t group) {
  char line[64];
  snprintf(line, sizeof line, "%u %u 1\n", (unsigned)user, (unsigned)user);
  write_file("/proc/self/uid_map", line);
  write_file("/proc/self/setgroups", "deny");
  snprintf(line, sizeof line, "%u %u 1\n", (unsigned)group, (unsigned)group);
  write_file("/proc/self/gid_map", line);
}

pid_t apart_fork(int *held) {
  *held = 0;
  if (permission >= 0) {
    uid_t user = geteuid();
    gid_t group = getegid();
    unsigned long spaces = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC;
    if (user != 0) spaces |= CLONE_NEWUSER;
    // By number, since a child of many threads that is made so calls nothing but the system.
    pid_t process = (pid_t)syscall(SYS_clone, spaces | SIGCHLD, NULL, NULL, NULL, NULL);
    if (process == 0 && user != 0) keep_names(user, group);
    permission = process < 0 ? -1 : 1;
    if (process >= 0) {
      *held = child_cage_processes;
      return process;
    }
  }
  return fork();
}

int apart_furnish(const char *folder, long megabytes) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return 0;
  unsigned long plain = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  // Who judges knows the answers, and is no program that can be called.
  char judge[4096];
  ssize_t length = readlink("/proc/self/exe", judge, sizeof judge - 1);
  if (length > 0) {
    judge[length] = 0;
    int ignored = mount("/dev/null", judge, NULL, MS_BIND, NULL);
    (void)ignored;
  }
  int ignored = mount("proc", "/proc", "proc", plain, NULL);
  (void)ignored;
  if (megabytes <= 0) return 0;
  char size[64];
  snprintf(size, sizeof size, "size=%ldm,nr_inodes=4096,mode=1777", megabytes);
  return mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, size) == 0 ? child_cage_space : 0;
}
