// A process in namespaces of its own: it sees no other processes, and what it starts ends with it.
#pragma once

#include <sys/types.h>

/// As `fork`, into namespaces of its own where the system permits that; `held` are the bits of `child_cage`
/// that hold in the child.
pid_t apart_fork(int *held);

/// In such a child: /proc shows its own processes, and its folder is one of so many megabytes that nobody
/// else sees. The bits of `child_cage` that hold from now on.
int apart_furnish(const char *folder, long megabytes);
