/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of flags, commands and other numbers, for the tracer.
 *
 * A set is two arrays, made from one list by the preprocessor: the values, and
 * the names one after the other without the prefix that all have, so that a
 * name costs its own letters and five bytes. The order is strace's; what is
 * made of several bits comes before its parts.
 */
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <asm/prctl.h>
#include <asm/signal.h>
#include <asm/socket.h>
#include <linux/close_range.h>
#include <linux/eventpoll.h>
#include <linux/fadvise.h>
#include <linux/falloc.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/in.h>
#include <linux/inotify.h>
#include <linux/ipc.h>
#include <linux/magic.h>
#include <linux/membarrier.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/random.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sem.h>
#include <linux/stat.h>
#include <linux/tcp.h>
#include <linux/time.h>
#include <linux/timerfd.h>
#include <linux/wait.h>
#include <linux/xattr.h>
#include <posixen/lib.h>
#include "trace.h"

/* What Linux's UAPI headers leave to the C library. */
enum {
	R_OK = 4, W_OK = 2, X_OK = 1,
	EFD_SEMAPHORE = 1, EFD_CLOEXEC = O_CLOEXEC, EFD_NONBLOCK = O_NONBLOCK,
	SFD_CLOEXEC = O_CLOEXEC, SFD_NONBLOCK = O_NONBLOCK,
	AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10,
	AF_NETLINK = 16, AF_PACKET = 17, AF_VSOCK = 40,
	SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_RAW = 3, SOCK_RDM = 4,
	SOCK_SEQPACKET = 5, SOCK_CLOEXEC = O_CLOEXEC,
	SOCK_NONBLOCK = O_NONBLOCK,
	MSG_OOB = 1, MSG_PEEK = 2, MSG_DONTROUTE = 4, MSG_CTRUNC = 8,
	MSG_PROBE = 0x10, MSG_TRUNC = 0x20, MSG_DONTWAIT = 0x40,
	MSG_EOR = 0x80, MSG_WAITALL = 0x100, MSG_FIN = 0x200, MSG_SYN = 0x400,
	MSG_CONFIRM = 0x800, MSG_RST = 0x1000, MSG_ERRQUEUE = 0x2000,
	MSG_NOSIGNAL = 0x4000, MSG_MORE = 0x8000, MSG_WAITFORONE = 0x10000,
	MSG_FASTOPEN = 0x20000000, MSG_CMSG_CLOEXEC = 0x40000000,
	SHM_RDONLY = 010000, SHM_RND = 020000, SHM_REMAP = 040000,
	SHM_EXEC = 0100000,
	O_ASYNC = 020000,
	SPLICE_F_MOVE = 1, SPLICE_F_NONBLOCK = 2, SPLICE_F_MORE = 4,
	SPLICE_F_GIFT = 8,
	MNT_FORCE = 1, MNT_DETACH = 2, MNT_EXPIRE = 4, UMOUNT_NOFOLLOW = 8,
	IPPROTO_ICMPV6 = 58,
	SS_ONSTACK = 1, SS_DISABLE = 2,
	ST_RDONLY = 1, ST_NOSUID = 2, ST_NODEV = 4, ST_NOEXEC = 8,
	ST_SYNCHRONOUS = 0x10, ST_VALID = 0x20, ST_MANDLOCK = 0x40,
	ST_NOATIME = 0x400, ST_NODIRATIME = 0x800, ST_RELATIME = 0x1000,
	SHUT_RD = 0, SHUT_WR = 1, SHUT_RDWR = 2,
	SOL_IP = 0, SOL_TCP = 6, SOL_UDP = 17, SOL_IPV6 = 41,
	SOL_ICMPV6 = 58, SOL_RAW = 255,
};

struct names {
	const uint32_t *value;
	const char *text; /* prefix, names in the order of value, an empty one */
};

#define VALUE_OF(value, name) value,
#define TEXT_OF(value, name)  name "\0"
#define NAMES(set, prefix, list)                                \
	static const uint32_t set##_value[] = { list(VALUE_OF) }; \
	static const char set##_text[] = prefix "\0" list(TEXT_OF);
#define SET(set) [N_##set] = { set##_value, set##_text }

#define LIST_acc(X) \
	X(R_OK, "R_OK") X(W_OK, "W_OK") X(X_OK, "X_OK")
NAMES(acc, "", LIST_acc)

#define LIST_oflags(X) \
	X(O_CREAT, "CREAT") X(O_EXCL, "EXCL") X(O_NOCTTY, "NOCTTY") \
	X(O_TRUNC, "TRUNC") X(O_APPEND, "APPEND") X(O_NONBLOCK, "NONBLOCK") \
	X(O_SYNC, "SYNC") X(O_DSYNC, "DSYNC") X(O_DIRECT, "DIRECT") \
	X(O_LARGEFILE, "LARGEFILE") X(O_NOFOLLOW, "NOFOLLOW") \
	X(O_NOATIME, "NOATIME") X(O_CLOEXEC, "CLOEXEC") X(O_PATH, "PATH") \
	X(O_TMPFILE, "TMPFILE") X(O_DIRECTORY, "DIRECTORY") \
	X(O_ASYNC, "ASYNC")
NAMES(oflags, "O_", LIST_oflags)

#define LIST_whence(X) \
	X(SEEK_SET, "SET") X(SEEK_CUR, "CUR") X(SEEK_END, "END") \
	X(SEEK_DATA, "DATA") X(SEEK_HOLE, "HOLE")
NAMES(whence, "SEEK_", LIST_whence)

#define LIST_prot(X) \
	X(PROT_READ, "READ") X(PROT_WRITE, "WRITE") X(PROT_EXEC, "EXEC") \
	X(PROT_SEM, "SEM") X(PROT_GROWSDOWN, "GROWSDOWN") \
	X(PROT_GROWSUP, "GROWSUP")
NAMES(prot, "PROT_", LIST_prot)

#define LIST_map_type(X) \
	X(MAP_SHARED, "SHARED") X(MAP_PRIVATE, "PRIVATE") \
	X(MAP_SHARED_VALIDATE, "SHARED_VALIDATE")
NAMES(map_type, "MAP_", LIST_map_type)

#define LIST_mapflags(X) \
	X(MAP_FIXED, "FIXED") X(MAP_ANONYMOUS, "ANONYMOUS") \
	X(MAP_32BIT, "32BIT") X(MAP_NORESERVE, "NORESERVE") \
	X(MAP_POPULATE, "POPULATE") X(MAP_NONBLOCK, "NONBLOCK") \
	X(MAP_GROWSDOWN, "GROWSDOWN") X(MAP_DENYWRITE, "DENYWRITE") \
	X(MAP_EXECUTABLE, "EXECUTABLE") X(MAP_LOCKED, "LOCKED") \
	X(MAP_STACK, "STACK") X(MAP_HUGETLB, "HUGETLB") X(MAP_SYNC, "SYNC") \
	X(MAP_FIXED_NOREPLACE, "FIXED_NOREPLACE")
NAMES(mapflags, "MAP_", LIST_mapflags)

#define LIST_mremap(X) \
	X(MREMAP_MAYMOVE, "MAYMOVE") X(MREMAP_FIXED, "FIXED") \
	X(MREMAP_DONTUNMAP, "DONTUNMAP")
NAMES(mremap, "MREMAP_", LIST_mremap)

#define LIST_madvice(X) \
	X(MADV_NORMAL, "NORMAL") X(MADV_RANDOM, "RANDOM") \
	X(MADV_SEQUENTIAL, "SEQUENTIAL") X(MADV_WILLNEED, "WILLNEED") \
	X(MADV_DONTNEED, "DONTNEED") X(MADV_FREE, "FREE") \
	X(MADV_REMOVE, "REMOVE") X(MADV_DONTFORK, "DONTFORK") \
	X(MADV_DOFORK, "DOFORK") X(MADV_MERGEABLE, "MERGEABLE") \
	X(MADV_UNMERGEABLE, "UNMERGEABLE") X(MADV_HUGEPAGE, "HUGEPAGE") \
	X(MADV_NOHUGEPAGE, "NOHUGEPAGE") X(MADV_DONTDUMP, "DONTDUMP") \
	X(MADV_DODUMP, "DODUMP") X(MADV_WIPEONFORK, "WIPEONFORK") \
	X(MADV_KEEPONFORK, "KEEPONFORK") X(MADV_COLD, "COLD") \
	X(MADV_PAGEOUT, "PAGEOUT") X(MADV_POPULATE_READ, "POPULATE_READ") \
	X(MADV_POPULATE_WRITE, "POPULATE_WRITE")
NAMES(madvice, "MADV_", LIST_madvice)

#define LIST_msync(X) \
	X(MS_ASYNC, "ASYNC") X(MS_INVALIDATE, "INVALIDATE") \
	X(MS_SYNC, "SYNC")
NAMES(msync, "MS_", LIST_msync)

#define LIST_mcl(X) \
	X(MCL_CURRENT, "CURRENT") X(MCL_FUTURE, "FUTURE") \
	X(MCL_ONFAULT, "ONFAULT")
NAMES(mcl, "MCL_", LIST_mcl)

#define LIST_mlock(X) \
	X(MLOCK_ONFAULT, "ONFAULT")
NAMES(mlock, "MLOCK_", LIST_mlock)

#define LIST_at(X) \
	X(AT_SYMLINK_NOFOLLOW, "SYMLINK_NOFOLLOW") \
	X(AT_REMOVEDIR, "REMOVEDIR") X(AT_SYMLINK_FOLLOW, "SYMLINK_FOLLOW") \
	X(AT_NO_AUTOMOUNT, "NO_AUTOMOUNT") X(AT_EMPTY_PATH, "EMPTY_PATH") \
	X(AT_STATX_FORCE_SYNC, "STATX_FORCE_SYNC") \
	X(AT_STATX_DONT_SYNC, "STATX_DONT_SYNC")
NAMES(at, "AT_", LIST_at)

#define LIST_rename(X) \
	X(RENAME_NOREPLACE, "NOREPLACE") X(RENAME_EXCHANGE, "EXCHANGE") \
	X(RENAME_WHITEOUT, "WHITEOUT")
NAMES(rename, "RENAME_", LIST_rename)

#define LIST_xattr(X) \
	X(XATTR_CREATE, "CREATE") X(XATTR_REPLACE, "REPLACE")
NAMES(xattr, "XATTR_", LIST_xattr)

#define LIST_fcntl(X) \
	X(F_DUPFD, "DUPFD") X(F_GETFD, "GETFD") X(F_SETFD, "SETFD") \
	X(F_GETFL, "GETFL") X(F_SETFL, "SETFL") X(F_GETLK, "GETLK") \
	X(F_SETLK, "SETLK") X(F_SETLKW, "SETLKW") X(F_SETOWN, "SETOWN") \
	X(F_GETOWN, "GETOWN") X(F_SETSIG, "SETSIG") X(F_GETSIG, "GETSIG") \
	X(F_SETOWN_EX, "SETOWN_EX") X(F_GETOWN_EX, "GETOWN_EX") \
	X(F_OFD_GETLK, "OFD_GETLK") X(F_OFD_SETLK, "OFD_SETLK") \
	X(F_OFD_SETLKW, "OFD_SETLKW") X(F_SETLEASE, "SETLEASE") \
	X(F_GETLEASE, "GETLEASE") X(F_NOTIFY, "NOTIFY") \
	X(F_DUPFD_CLOEXEC, "DUPFD_CLOEXEC") X(F_SETPIPE_SZ, "SETPIPE_SZ") \
	X(F_GETPIPE_SZ, "GETPIPE_SZ") X(F_ADD_SEALS, "ADD_SEALS") \
	X(F_GET_SEALS, "GET_SEALS")
NAMES(fcntl, "F_", LIST_fcntl)

#define LIST_lock_type(X) \
	X(F_RDLCK, "RDLCK") X(F_WRLCK, "WRLCK") X(F_UNLCK, "UNLCK")
NAMES(lock_type, "F_", LIST_lock_type)

#define LIST_ioctl(X) \
	X(TCGETS, "TCGETS") X(TCSETS, "TCSETS") X(TCSETSW, "TCSETSW") \
	X(TCSETSF, "TCSETSF") X(TIOCGWINSZ, "TIOCGWINSZ") \
	X(TIOCSWINSZ, "TIOCSWINSZ") X(TIOCGPGRP, "TIOCGPGRP") \
	X(TIOCSPGRP, "TIOCSPGRP") X(TIOCSCTTY, "TIOCSCTTY") \
	X(TIOCNOTTY, "TIOCNOTTY") X(FIONREAD, "FIONREAD") \
	X(FIONBIO, "FIONBIO") X(FIOCLEX, "FIOCLEX") X(FIONCLEX, "FIONCLEX") \
	X(FIOASYNC, "FIOASYNC") X(TCSBRK, "TCSBRK") X(TCXONC, "TCXONC") \
	X(TCFLSH, "TCFLSH") X(TIOCGSID, "TIOCGSID") X(TIOCGPTN, "TIOCGPTN")
NAMES(ioctl, "", LIST_ioctl)

#define LIST_flock(X) \
	X(LOCK_SH, "SH") X(LOCK_EX, "EX") X(LOCK_UN, "UN") X(LOCK_NB, "NB")
NAMES(flock, "LOCK_", LIST_flock)

#define LIST_falloc(X) \
	X(FALLOC_FL_KEEP_SIZE, "KEEP_SIZE") \
	X(FALLOC_FL_PUNCH_HOLE, "PUNCH_HOLE") \
	X(FALLOC_FL_NO_HIDE_STALE, "NO_HIDE_STALE") \
	X(FALLOC_FL_COLLAPSE_RANGE, "COLLAPSE_RANGE") \
	X(FALLOC_FL_ZERO_RANGE, "ZERO_RANGE") \
	X(FALLOC_FL_INSERT_RANGE, "INSERT_RANGE") \
	X(FALLOC_FL_UNSHARE_RANGE, "UNSHARE_RANGE")
NAMES(falloc, "FALLOC_FL_", LIST_falloc)

#define LIST_fadvise(X) \
	X(POSIX_FADV_NORMAL, "NORMAL") X(POSIX_FADV_RANDOM, "RANDOM") \
	X(POSIX_FADV_SEQUENTIAL, "SEQUENTIAL") \
	X(POSIX_FADV_WILLNEED, "WILLNEED") \
	X(POSIX_FADV_DONTNEED, "DONTNEED") X(POSIX_FADV_NOREUSE, "NOREUSE")
NAMES(fadvise, "POSIX_FADV_", LIST_fadvise)

#define LIST_sync(X) \
	X(SYNC_FILE_RANGE_WAIT_BEFORE, "WAIT_BEFORE") \
	X(SYNC_FILE_RANGE_WRITE, "WRITE") \
	X(SYNC_FILE_RANGE_WAIT_AFTER, "WAIT_AFTER")
NAMES(sync, "SYNC_FILE_RANGE_", LIST_sync)

#define LIST_splice(X) \
	X(SPLICE_F_MOVE, "MOVE") X(SPLICE_F_NONBLOCK, "NONBLOCK") \
	X(SPLICE_F_MORE, "MORE") X(SPLICE_F_GIFT, "GIFT")
NAMES(splice, "SPLICE_F_", LIST_splice)

#define LIST_rwf(X) \
	X(RWF_HIPRI, "HIPRI") X(RWF_DSYNC, "DSYNC") X(RWF_SYNC, "SYNC") \
	X(RWF_NOWAIT, "NOWAIT") X(RWF_APPEND, "APPEND")
NAMES(rwf, "RWF_", LIST_rwf)

#define LIST_statx(X) \
	X(STATX_ALL, "ALL") X(STATX_BASIC_STATS, "BASIC_STATS") \
	X(STATX_TYPE, "TYPE") X(STATX_MODE, "MODE") X(STATX_NLINK, "NLINK") \
	X(STATX_UID, "UID") X(STATX_GID, "GID") X(STATX_ATIME, "ATIME") \
	X(STATX_MTIME, "MTIME") X(STATX_CTIME, "CTIME") X(STATX_INO, "INO") \
	X(STATX_SIZE, "SIZE") X(STATX_BLOCKS, "BLOCKS") \
	X(STATX_BTIME, "BTIME") X(STATX_MNT_ID, "MNT_ID")
NAMES(statx, "STATX_", LIST_statx)

#define LIST_umount(X) \
	X(MNT_FORCE, "MNT_FORCE") X(MNT_DETACH, "MNT_DETACH") \
	X(MNT_EXPIRE, "MNT_EXPIRE") X(UMOUNT_NOFOLLOW, "UMOUNT_NOFOLLOW")
NAMES(umount, "", LIST_umount)

#define LIST_close_range(X) \
	X(CLOSE_RANGE_UNSHARE, "UNSHARE") X(CLOSE_RANGE_CLOEXEC, "CLOEXEC")
NAMES(close_range, "CLOSE_RANGE_", LIST_close_range)

#define LIST_mfd(X) \
	X(MFD_CLOEXEC, "CLOEXEC") X(MFD_ALLOW_SEALING, "ALLOW_SEALING") \
	X(MFD_HUGETLB, "HUGETLB")
NAMES(mfd, "MFD_", LIST_mfd)

#define LIST_inotify(X) \
	X(IN_ALL_EVENTS, "ALL_EVENTS") X(IN_ACCESS, "ACCESS") \
	X(IN_MODIFY, "MODIFY") X(IN_ATTRIB, "ATTRIB") \
	X(IN_CLOSE_WRITE, "CLOSE_WRITE") \
	X(IN_CLOSE_NOWRITE, "CLOSE_NOWRITE") X(IN_OPEN, "OPEN") \
	X(IN_MOVED_FROM, "MOVED_FROM") X(IN_MOVED_TO, "MOVED_TO") \
	X(IN_CREATE, "CREATE") X(IN_DELETE, "DELETE") \
	X(IN_DELETE_SELF, "DELETE_SELF") X(IN_MOVE_SELF, "MOVE_SELF") \
	X(IN_ONLYDIR, "ONLYDIR") X(IN_DONT_FOLLOW, "DONT_FOLLOW") \
	X(IN_EXCL_UNLINK, "EXCL_UNLINK") X(IN_MASK_ADD, "MASK_ADD") \
	X(IN_ISDIR, "ISDIR") X(IN_ONESHOT, "ONESHOT") \
	X(IN_NONBLOCK, "NONBLOCK") X(IN_CLOEXEC, "CLOEXEC")
NAMES(inotify, "IN_", LIST_inotify)

#define LIST_epoll_op(X) \
	X(EPOLL_CTL_ADD, "ADD") X(EPOLL_CTL_DEL, "DEL") \
	X(EPOLL_CTL_MOD, "MOD")
NAMES(epoll_op, "EPOLL_CTL_", LIST_epoll_op)

#define LIST_epoll(X) \
	X(EPOLLIN, "IN") X(EPOLLPRI, "PRI") X(EPOLLOUT, "OUT") \
	X(EPOLLRDNORM, "RDNORM") X(EPOLLRDBAND, "RDBAND") \
	X(EPOLLWRNORM, "WRNORM") X(EPOLLWRBAND, "WRBAND") X(EPOLLMSG, "MSG") \
	X(EPOLLERR, "ERR") X(EPOLLHUP, "HUP") X(EPOLLRDHUP, "RDHUP") \
	X(EPOLLEXCLUSIVE, "EXCLUSIVE") X(EPOLLWAKEUP, "WAKEUP") \
	X(EPOLLONESHOT, "ONESHOT") X(EPOLLET, "ET")
NAMES(epoll, "EPOLL", LIST_epoll)

#define LIST_poll(X) \
	X(POLLIN, "IN") X(POLLPRI, "PRI") X(POLLOUT, "OUT") \
	X(POLLRDNORM, "RDNORM") X(POLLRDBAND, "RDBAND") \
	X(POLLWRNORM, "WRNORM") X(POLLWRBAND, "WRBAND") X(POLLERR, "ERR") \
	X(POLLHUP, "HUP") X(POLLNVAL, "NVAL") X(POLLRDHUP, "RDHUP")
NAMES(poll, "POLL", LIST_poll)

#define LIST_efd(X) \
	X(EFD_SEMAPHORE, "SEMAPHORE") X(EFD_CLOEXEC, "CLOEXEC") \
	X(EFD_NONBLOCK, "NONBLOCK")
NAMES(efd, "EFD_", LIST_efd)

#define LIST_tfd(X) \
	X(TFD_CLOEXEC, "CLOEXEC") X(TFD_NONBLOCK, "NONBLOCK")
NAMES(tfd, "TFD_", LIST_tfd)

#define LIST_sfd(X) \
	X(SFD_CLOEXEC, "CLOEXEC") X(SFD_NONBLOCK, "NONBLOCK")
NAMES(sfd, "SFD_", LIST_sfd)

#define LIST_epoll_create(X) \
	X(EPOLL_CLOEXEC, "CLOEXEC")
NAMES(epoll_create, "EPOLL_", LIST_epoll_create)

#define LIST_sighow(X) \
	X(SIG_BLOCK, "BLOCK") X(SIG_UNBLOCK, "UNBLOCK") \
	X(SIG_SETMASK, "SETMASK")
NAMES(sighow, "SIG_", LIST_sighow)

#define LIST_sa(X) \
	X(SA_RESTORER, "RESTORER") X(SA_ONSTACK, "ONSTACK") \
	X(SA_RESTART, "RESTART") X(SA_NODEFER, "NODEFER") \
	X(SA_RESETHAND, "RESETHAND") X(SA_SIGINFO, "SIGINFO") \
	X(SA_NOCLDSTOP, "NOCLDSTOP") X(SA_NOCLDWAIT, "NOCLDWAIT")
NAMES(sa, "SA_", LIST_sa)

#define LIST_clock(X) \
	X(CLOCK_REALTIME, "REALTIME") X(CLOCK_MONOTONIC, "MONOTONIC") \
	X(CLOCK_PROCESS_CPUTIME_ID, "PROCESS_CPUTIME_ID") \
	X(CLOCK_THREAD_CPUTIME_ID, "THREAD_CPUTIME_ID") \
	X(CLOCK_MONOTONIC_RAW, "MONOTONIC_RAW") \
	X(CLOCK_REALTIME_COARSE, "REALTIME_COARSE") \
	X(CLOCK_MONOTONIC_COARSE, "MONOTONIC_COARSE") \
	X(CLOCK_BOOTTIME, "BOOTTIME") \
	X(CLOCK_REALTIME_ALARM, "REALTIME_ALARM") \
	X(CLOCK_BOOTTIME_ALARM, "BOOTTIME_ALARM") X(CLOCK_TAI, "TAI")
NAMES(clock, "CLOCK_", LIST_clock)

#define LIST_timer(X) \
	X(TIMER_ABSTIME, "ABSTIME")
NAMES(timer, "TIMER_", LIST_timer)

#define LIST_tfd_set(X) \
	X(TFD_TIMER_ABSTIME, "ABSTIME") \
	X(TFD_TIMER_CANCEL_ON_SET, "CANCEL_ON_SET")
NAMES(tfd_set, "TFD_TIMER_", LIST_tfd_set)

#define LIST_itimer(X) \
	X(ITIMER_REAL, "REAL") X(ITIMER_VIRTUAL, "VIRTUAL") \
	X(ITIMER_PROF, "PROF")
NAMES(itimer, "ITIMER_", LIST_itimer)

#define LIST_futex(X) \
	X(FUTEX_WAIT, "WAIT") X(FUTEX_WAKE, "WAKE") X(FUTEX_FD, "FD") \
	X(FUTEX_REQUEUE, "REQUEUE") X(FUTEX_CMP_REQUEUE, "CMP_REQUEUE") \
	X(FUTEX_WAKE_OP, "WAKE_OP") X(FUTEX_LOCK_PI, "LOCK_PI") \
	X(FUTEX_UNLOCK_PI, "UNLOCK_PI") X(FUTEX_TRYLOCK_PI, "TRYLOCK_PI") \
	X(FUTEX_WAIT_BITSET, "WAIT_BITSET") \
	X(FUTEX_WAKE_BITSET, "WAKE_BITSET") \
	X(FUTEX_WAIT_REQUEUE_PI, "WAIT_REQUEUE_PI") \
	X(FUTEX_CMP_REQUEUE_PI, "CMP_REQUEUE_PI") \
	X(FUTEX_LOCK_PI2, "LOCK_PI2")
NAMES(futex, "FUTEX_", LIST_futex)

#define LIST_clone(X) \
	X(CLONE_VM, "VM") X(CLONE_FS, "FS") X(CLONE_FILES, "FILES") \
	X(CLONE_SIGHAND, "SIGHAND") X(CLONE_PIDFD, "PIDFD") \
	X(CLONE_PTRACE, "PTRACE") X(CLONE_VFORK, "VFORK") \
	X(CLONE_PARENT, "PARENT") X(CLONE_THREAD, "THREAD") \
	X(CLONE_NEWNS, "NEWNS") X(CLONE_SYSVSEM, "SYSVSEM") \
	X(CLONE_SETTLS, "SETTLS") X(CLONE_PARENT_SETTID, "PARENT_SETTID") \
	X(CLONE_CHILD_CLEARTID, "CHILD_CLEARTID") \
	X(CLONE_DETACHED, "DETACHED") X(CLONE_UNTRACED, "UNTRACED") \
	X(CLONE_CHILD_SETTID, "CHILD_SETTID") \
	X(CLONE_NEWCGROUP, "NEWCGROUP") X(CLONE_NEWUTS, "NEWUTS") \
	X(CLONE_NEWIPC, "NEWIPC") X(CLONE_NEWUSER, "NEWUSER") \
	X(CLONE_NEWPID, "NEWPID") X(CLONE_NEWNET, "NEWNET") \
	X(CLONE_IO, "IO")
NAMES(clone, "CLONE_", LIST_clone)

#define LIST_wait(X) \
	X(WNOHANG, "WNOHANG") X(WSTOPPED, "WSTOPPED") X(WEXITED, "WEXITED") \
	X(WCONTINUED, "WCONTINUED") X(WNOWAIT, "WNOWAIT") \
	X(__WNOTHREAD, "__WNOTHREAD") X(__WALL, "__WALL") \
	X(__WCLONE, "__WCLONE")
NAMES(wait, "", LIST_wait)

#define LIST_idtype(X) \
	X(P_ALL, "ALL") X(P_PID, "PID") X(P_PGID, "PGID") \
	X(P_PIDFD, "PIDFD")
NAMES(idtype, "P_", LIST_idtype)

#define LIST_rlimit(X) \
	X(RLIMIT_CPU, "CPU") X(RLIMIT_FSIZE, "FSIZE") X(RLIMIT_DATA, "DATA") \
	X(RLIMIT_STACK, "STACK") X(RLIMIT_CORE, "CORE") X(RLIMIT_RSS, "RSS") \
	X(RLIMIT_NPROC, "NPROC") X(RLIMIT_NOFILE, "NOFILE") \
	X(RLIMIT_MEMLOCK, "MEMLOCK") X(RLIMIT_AS, "AS") \
	X(RLIMIT_LOCKS, "LOCKS") X(RLIMIT_SIGPENDING, "SIGPENDING") \
	X(RLIMIT_MSGQUEUE, "MSGQUEUE") X(RLIMIT_NICE, "NICE") \
	X(RLIMIT_RTPRIO, "RTPRIO") X(RLIMIT_RTTIME, "RTTIME")
NAMES(rlimit, "RLIMIT_", LIST_rlimit)

#define LIST_rusage(X) \
	X(RUSAGE_SELF, "SELF") X(RUSAGE_CHILDREN, "CHILDREN") \
	X(RUSAGE_THREAD, "THREAD")
NAMES(rusage, "RUSAGE_", LIST_rusage)

#define LIST_prio(X) \
	X(PRIO_PROCESS, "PROCESS") X(PRIO_PGRP, "PGRP") X(PRIO_USER, "USER")
NAMES(prio, "PRIO_", LIST_prio)

#define LIST_sched(X) \
	X(SCHED_NORMAL, "OTHER") X(SCHED_FIFO, "FIFO") X(SCHED_RR, "RR") \
	X(SCHED_BATCH, "BATCH") X(SCHED_IDLE, "IDLE") \
	X(SCHED_DEADLINE, "DEADLINE")
NAMES(sched, "SCHED_", LIST_sched)

#define LIST_prctl(X) \
	X(PR_SET_PDEATHSIG, "SET_PDEATHSIG") \
	X(PR_GET_PDEATHSIG, "GET_PDEATHSIG") \
	X(PR_GET_DUMPABLE, "GET_DUMPABLE") \
	X(PR_SET_DUMPABLE, "SET_DUMPABLE") X(PR_SET_NAME, "SET_NAME") \
	X(PR_GET_NAME, "GET_NAME") X(PR_GET_SECCOMP, "GET_SECCOMP") \
	X(PR_SET_SECCOMP, "SET_SECCOMP") X(PR_CAPBSET_READ, "CAPBSET_READ") \
	X(PR_CAPBSET_DROP, "CAPBSET_DROP") \
	X(PR_SET_TIMERSLACK, "SET_TIMERSLACK") \
	X(PR_GET_TIMERSLACK, "GET_TIMERSLACK") \
	X(PR_SET_CHILD_SUBREAPER, "SET_CHILD_SUBREAPER") \
	X(PR_GET_CHILD_SUBREAPER, "GET_CHILD_SUBREAPER") \
	X(PR_SET_NO_NEW_PRIVS, "SET_NO_NEW_PRIVS") \
	X(PR_GET_NO_NEW_PRIVS, "GET_NO_NEW_PRIVS") \
	X(PR_SET_THP_DISABLE, "SET_THP_DISABLE") \
	X(PR_GET_THP_DISABLE, "GET_THP_DISABLE") X(PR_SET_VMA, "SET_VMA")
NAMES(prctl, "PR_", LIST_prctl)

#define LIST_arch_prctl(X) \
	X(ARCH_SET_GS, "SET_GS") X(ARCH_SET_FS, "SET_FS") \
	X(ARCH_GET_FS, "GET_FS") X(ARCH_GET_GS, "GET_GS") \
	X(ARCH_GET_CPUID, "GET_CPUID") X(ARCH_SET_CPUID, "SET_CPUID")
NAMES(arch_prctl, "ARCH_", LIST_arch_prctl)

#define LIST_grnd(X) \
	X(GRND_NONBLOCK, "NONBLOCK") X(GRND_RANDOM, "RANDOM") \
	X(GRND_INSECURE, "INSECURE")
NAMES(grnd, "GRND_", LIST_grnd)

#define LIST_membarrier(X) \
	X(MEMBARRIER_CMD_QUERY, "QUERY") X(MEMBARRIER_CMD_GLOBAL, "GLOBAL") \
	X(MEMBARRIER_CMD_GLOBAL_EXPEDITED, "GLOBAL_EXPEDITED") \
	X(MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, "REGISTER_GLOBAL_EXPEDITED") \
	X(MEMBARRIER_CMD_PRIVATE_EXPEDITED, "PRIVATE_EXPEDITED") \
	X(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, "REGISTER_PRIVATE_EXPEDITED") \
	X(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, "PRIVATE_EXPEDITED_SYNC_CORE") \
	X(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, "REGISTER_PRIVATE_EXPEDITED_SYNC_CORE")
NAMES(membarrier, "MEMBARRIER_CMD_", LIST_membarrier)

#define LIST_family(X) \
	X(AF_UNSPEC, "UNSPEC") X(AF_UNIX, "UNIX") X(AF_INET, "INET") \
	X(AF_INET6, "INET6") X(AF_NETLINK, "NETLINK") X(AF_PACKET, "PACKET") \
	X(AF_VSOCK, "VSOCK")
NAMES(family, "AF_", LIST_family)

#define LIST_socktype(X) \
	X(SOCK_STREAM, "STREAM") X(SOCK_DGRAM, "DGRAM") X(SOCK_RAW, "RAW") \
	X(SOCK_RDM, "RDM") X(SOCK_SEQPACKET, "SEQPACKET")
NAMES(socktype, "SOCK_", LIST_socktype)

#define LIST_sockflags(X) \
	X(SOCK_CLOEXEC, "CLOEXEC") X(SOCK_NONBLOCK, "NONBLOCK")
NAMES(sockflags, "SOCK_", LIST_sockflags)

#define LIST_ipproto(X) \
	X(IPPROTO_IP, "IP") X(IPPROTO_ICMP, "ICMP") X(IPPROTO_TCP, "TCP") \
	X(IPPROTO_UDP, "UDP") X(IPPROTO_IPV6, "IPV6") \
	X(IPPROTO_ICMPV6, "ICMPV6") X(IPPROTO_RAW, "RAW")
NAMES(ipproto, "IPPROTO_", LIST_ipproto)

#define LIST_msg(X) \
	X(MSG_OOB, "OOB") X(MSG_PEEK, "PEEK") X(MSG_DONTROUTE, "DONTROUTE") \
	X(MSG_CTRUNC, "CTRUNC") X(MSG_PROBE, "PROBE") X(MSG_TRUNC, "TRUNC") \
	X(MSG_DONTWAIT, "DONTWAIT") X(MSG_EOR, "EOR") \
	X(MSG_WAITALL, "WAITALL") X(MSG_FIN, "FIN") X(MSG_SYN, "SYN") \
	X(MSG_CONFIRM, "CONFIRM") X(MSG_RST, "RST") \
	X(MSG_ERRQUEUE, "ERRQUEUE") X(MSG_NOSIGNAL, "NOSIGNAL") \
	X(MSG_MORE, "MORE") X(MSG_WAITFORONE, "WAITFORONE") \
	X(MSG_FASTOPEN, "FASTOPEN") X(MSG_CMSG_CLOEXEC, "CMSG_CLOEXEC")
NAMES(msg, "MSG_", LIST_msg)

#define LIST_shut(X) \
	X(SHUT_RD, "RD") X(SHUT_WR, "WR") X(SHUT_RDWR, "RDWR")
NAMES(shut, "SHUT_", LIST_shut)

#define LIST_level(X) \
	X(SOL_SOCKET, "SOCKET") X(SOL_IP, "IP") X(SOL_TCP, "TCP") \
	X(SOL_UDP, "UDP") X(SOL_IPV6, "IPV6") X(SOL_ICMPV6, "ICMPV6") \
	X(SOL_RAW, "RAW")
NAMES(level, "SOL_", LIST_level)

#define LIST_sockopt(X) \
	X(SO_DEBUG, "DEBUG") X(SO_REUSEADDR, "REUSEADDR") X(SO_TYPE, "TYPE") \
	X(SO_ERROR, "ERROR") X(SO_DONTROUTE, "DONTROUTE") \
	X(SO_BROADCAST, "BROADCAST") X(SO_SNDBUF, "SNDBUF") \
	X(SO_RCVBUF, "RCVBUF") X(SO_SNDBUFFORCE, "SNDBUFFORCE") \
	X(SO_RCVBUFFORCE, "RCVBUFFORCE") X(SO_KEEPALIVE, "KEEPALIVE") \
	X(SO_OOBINLINE, "OOBINLINE") X(SO_PRIORITY, "PRIORITY") \
	X(SO_LINGER, "LINGER") X(SO_REUSEPORT, "REUSEPORT") \
	X(SO_PASSCRED, "PASSCRED") X(SO_PEERCRED, "PEERCRED") \
	X(SO_RCVLOWAT, "RCVLOWAT") X(SO_SNDLOWAT, "SNDLOWAT") \
	X(SO_RCVTIMEO_OLD, "RCVTIMEO") X(SO_SNDTIMEO_OLD, "SNDTIMEO") \
	X(SO_BINDTODEVICE, "BINDTODEVICE") X(SO_ACCEPTCONN, "ACCEPTCONN") \
	X(SO_PROTOCOL, "PROTOCOL") X(SO_DOMAIN, "DOMAIN") \
	X(SO_INCOMING_CPU, "INCOMING_CPU") X(SO_BUSY_POLL, "BUSY_POLL") \
	X(SO_ZEROCOPY, "ZEROCOPY")
NAMES(sockopt, "SO_", LIST_sockopt)

#define LIST_tcpopt(X) \
	X(TCP_NODELAY, "NODELAY") X(TCP_MAXSEG, "MAXSEG") \
	X(TCP_CORK, "CORK") X(TCP_KEEPIDLE, "KEEPIDLE") \
	X(TCP_KEEPINTVL, "KEEPINTVL") X(TCP_KEEPCNT, "KEEPCNT") \
	X(TCP_SYNCNT, "SYNCNT") X(TCP_LINGER2, "LINGER2") \
	X(TCP_DEFER_ACCEPT, "DEFER_ACCEPT") \
	X(TCP_WINDOW_CLAMP, "WINDOW_CLAMP") X(TCP_INFO, "INFO") \
	X(TCP_QUICKACK, "QUICKACK") X(TCP_CONGESTION, "CONGESTION") \
	X(TCP_USER_TIMEOUT, "USER_TIMEOUT") X(TCP_FASTOPEN, "FASTOPEN") \
	X(TCP_NOTSENT_LOWAT, "NOTSENT_LOWAT")
NAMES(tcpopt, "TCP_", LIST_tcpopt)

#define LIST_ipc(X) \
	X(IPC_CREAT, "CREAT") X(IPC_EXCL, "EXCL") X(IPC_NOWAIT, "NOWAIT")
NAMES(ipc, "IPC_", LIST_ipc)

#define LIST_ipc_cmd(X) \
	X(IPC_RMID, "IPC_RMID") X(IPC_SET, "IPC_SET") \
	X(IPC_STAT, "IPC_STAT") X(IPC_INFO, "IPC_INFO") X(GETPID, "GETPID") \
	X(GETVAL, "GETVAL") X(GETALL, "GETALL") X(GETNCNT, "GETNCNT") \
	X(GETZCNT, "GETZCNT") X(SETVAL, "SETVAL") X(SETALL, "SETALL")
NAMES(ipc_cmd, "", LIST_ipc_cmd)

#define LIST_shmat(X) \
	X(SHM_RDONLY, "RDONLY") X(SHM_RND, "RND") X(SHM_REMAP, "REMAP") \
	X(SHM_EXEC, "EXEC")
NAMES(shmat, "SHM_", LIST_shmat)

#define LIST_ss(X) \
	X(SS_ONSTACK, "ONSTACK") X(SS_DISABLE, "DISABLE")
NAMES(ss, "SS_", LIST_ss)

#define LIST_file_type(X) \
	X(S_IFREG, "REG") X(S_IFDIR, "DIR") X(S_IFCHR, "CHR") \
	X(S_IFBLK, "BLK") X(S_IFLNK, "LNK") X(S_IFSOCK, "SOCK") \
	X(S_IFIFO, "IFO")
NAMES(file_type, "S_IF", LIST_file_type)

#define LIST_magic(X) \
	X(TMPFS_MAGIC, "TMPFS_MAGIC") X(RAMFS_MAGIC, "RAMFS_MAGIC") \
	X(PROC_SUPER_MAGIC, "PROC_SUPER_MAGIC") \
	X(SYSFS_MAGIC, "SYSFS_MAGIC") \
	X(EXT4_SUPER_MAGIC, "EXT4_SUPER_MAGIC") \
	X(DEVPTS_SUPER_MAGIC, "DEVPTS_SUPER_MAGIC") \
	X(PIPEFS_MAGIC, "PIPEFS_MAGIC") X(SOCKFS_MAGIC, "SOCKFS_MAGIC") \
	X(ANON_INODE_FS_MAGIC, "ANON_INODE_FS_MAGIC")
NAMES(magic, "", LIST_magic)

#define LIST_st(X) \
	X(ST_VALID, "VALID") X(ST_RDONLY, "RDONLY") X(ST_NOSUID, "NOSUID") \
	X(ST_NODEV, "NODEV") X(ST_NOEXEC, "NOEXEC") \
	X(ST_SYNCHRONOUS, "SYNCHRONOUS") X(ST_MANDLOCK, "MANDLOCK") \
	X(ST_NOATIME, "NOATIME") X(ST_NODIRATIME, "NODIRATIME") \
	X(ST_RELATIME, "RELATIME")
NAMES(st, "ST_", LIST_st)

#define LIST_mount(X) \
	X(MS_RDONLY, "RDONLY") X(MS_NOSUID, "NOSUID") X(MS_NODEV, "NODEV") \
	X(MS_NOEXEC, "NOEXEC") X(MS_SYNCHRONOUS, "SYNCHRONOUS") \
	X(MS_REMOUNT, "REMOUNT") X(MS_MANDLOCK, "MANDLOCK") \
	X(MS_DIRSYNC, "DIRSYNC") X(MS_NOATIME, "NOATIME") \
	X(MS_NODIRATIME, "NODIRATIME") X(MS_BIND, "BIND") X(MS_MOVE, "MOVE") \
	X(MS_REC, "REC") X(MS_SILENT, "SILENT") X(MS_PRIVATE, "PRIVATE") \
	X(MS_SLAVE, "SLAVE") X(MS_SHARED, "SHARED") \
	X(MS_RELATIME, "RELATIME") X(MS_STRICTATIME, "STRICTATIME") \
	X(MS_LAZYTIME, "LAZYTIME")
NAMES(mount, "MS_", LIST_mount)

static const struct names sets[N_count] = {
	SET(acc),
	SET(oflags),
	SET(whence),
	SET(prot),
	SET(map_type),
	SET(mapflags),
	SET(mremap),
	SET(madvice),
	SET(msync),
	SET(mcl),
	SET(mlock),
	SET(at),
	SET(rename),
	SET(xattr),
	SET(fcntl),
	SET(lock_type),
	SET(ioctl),
	SET(flock),
	SET(falloc),
	SET(fadvise),
	SET(sync),
	SET(splice),
	SET(rwf),
	SET(statx),
	SET(umount),
	SET(close_range),
	SET(mfd),
	SET(inotify),
	SET(epoll_op),
	SET(epoll),
	SET(poll),
	SET(efd),
	SET(tfd),
	SET(sfd),
	SET(epoll_create),
	SET(sighow),
	SET(sa),
	SET(clock),
	SET(timer),
	SET(tfd_set),
	SET(itimer),
	SET(futex),
	SET(clone),
	SET(wait),
	SET(idtype),
	SET(rlimit),
	SET(rusage),
	SET(prio),
	SET(sched),
	SET(prctl),
	SET(arch_prctl),
	SET(grnd),
	SET(membarrier),
	SET(family),
	SET(socktype),
	SET(sockflags),
	SET(ipproto),
	SET(msg),
	SET(shut),
	SET(level),
	SET(sockopt),
	SET(tcpopt),
	SET(ipc),
	SET(ipc_cmd),
	SET(shmat),
	SET(ss),
	SET(file_type),
	SET(magic),
	SET(st),
	SET(mount),
};

static const char *next(const char *name)
{
	return name + strlen(name) + 1;
}

/* The name of exactly v, or NULL. */
static const char *find(const struct names *set, uint32_t v)
{
	const char *name = next(set->text);
	unsigned int i;

	for (i = 0; *name; i++, name = next(name)) {
		if (set->value[i] == v)
			return name;
	}
	return NULL;
}

static void put_unknown(struct trace *t, const struct names *set,
			unsigned long v)
{
	put(t, v ? "" : "0x");
	put_hex(t, v);
	put(t, " /* ");
	put(t, set->text);
	put(t, "??? */");
}

void put_name(struct trace *t, enum trace_names names, unsigned long v)
{
	const struct names *set = &sets[names];
	const char *name = find(set, v);

	if (!name) {
		put_unknown(t, set, v);
		return;
	}
	put(t, set->text);
	put(t, name);
}

void put_flags(struct trace *t, enum trace_names names, unsigned long v)
{
	const struct names *set = &sets[names];
	const char *name = next(set->text);
	bool first = true;
	unsigned int i;

	if (!v) {
		put_char(t, '0');
		return;
	}
	for (i = 0; *name; i++, name = next(name)) {
		uint32_t bits = set->value[i];

		if (!bits || (v & bits) != bits)
			continue;
		put_sep(t, &first, "|");
		put(t, set->text);
		put(t, name);
		v &= ~(unsigned long)bits;
	}
	if (!v)
		return;
	if (first) {
		put_unknown(t, set, v);
	} else {
		put_char(t, '|');
		put_hex(t, v);
	}
}

/* Signals 1 to 31, in order. */
static const char signals[] =
	"HUP\0INT\0QUIT\0ILL\0TRAP\0ABRT\0BUS\0FPE\0KILL\0USR1\0SEGV\0USR2\0"
	"PIPE\0ALRM\0TERM\0STKFLT\0CHLD\0CONT\0STOP\0TSTP\0TTIN\0TTOU\0URG\0"
	"XCPU\0XFSZ\0VTALRM\0PROF\0WINCH\0IO\0PWR\0SYS";

/* SIGINT; real-time signals as strace has them, SIGRTMIN being the kernel's. */
void put_signal(struct trace *t, int sig, bool prefix)
{
	const char *name = signals;
	int i;

	if (sig < 1 || sig > 64) {
		put_dec(t, sig);
		return;
	}
	if (sig >= 32) {
		put(t, prefix ? "SIGRT" : "RT");
		if (sig == 32) {
			put(t, "MIN");
		} else {
			put_char(t, '_');
			put_dec(t, sig - 32);
		}
		return;
	}
	for (i = 1; i < sig; i++)
		name = next(name);
	put(t, prefix ? "SIG" : "");
	put(t, name);
}
