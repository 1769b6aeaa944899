# SPDX-License-Identifier: BSD-2-Clause
"""Where glibc 2.36 makes another system call than this libc does for the same
function: on Linux, strace of a program shows glibc's; an image makes ours."""

# glibc's call: ours, any of which.
WAYS = {
    "openat": ("open",), "newfstatat": ("stat", "lstat", "fstat"),
    "clone3": ("clone",), "clone": ("fork",), "vfork": ("clone",),
    "faccessat2": ("faccessat",), "tgkill": ("tkill",),
    "pselect6": ("select",), "pipe2": ("pipe",), "alarm": ("setitimer",),
    "getpgrp": ("getpgid",), "utimensat": ("utimes", "utime"),
    "clock_nanosleep": ("nanosleep",), "epoll_wait": ("epoll_pwait",),
    # getaddrinfo()
    "sendmmsg": ("sendto",), "recvmsg": ("recvfrom",),
}
# By the loader and before main(), and what malloc() asks at its first use.
START = ("access", "arch_prctl", "brk", "close", "fstat", "getrandom", "mmap",
         "mprotect", "munmap", "newfstatat", "openat", "pread64", "prlimit64",
         "read", "readlink", "rseq", "set_robust_list", "set_tid_address")
# Of these, what this libc has no use for.
NEVER = ("clone3", "rseq")


def instead(call, made):
    """Ours for a call of glibc's, of those that the program makes."""
    return [c for c in WAYS.get(call, ()) if c in made]


def others(made):
    """{glibc's call: ours}: what strace may show though none of it is made by
    an image; an empty list means the loader and the start."""
    found = {c: instead(c, made) for c in WAYS
             if c not in made and instead(c, made)}
    for call in START:
        if call not in made:
            found.setdefault(call, [])
    return found
