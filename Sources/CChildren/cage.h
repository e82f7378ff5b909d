// What a process may still reach: files by Landlock, sockets by seccomp, as which user.
#pragma once

/// Lets this process see these folders only, the first one to be written as well, and refuses sockets: the
/// bits of `child_cage` that hold from now on.
int cage_enter(char **folders);

/// Makes this process, which is root's, another user's; 0 where that fails. `held` is what holds it already.
int cage_become(long user, int held);
