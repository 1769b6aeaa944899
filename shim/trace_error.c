/* SPDX-License-Identifier: BSD-2-Clause */
/* The names and words of the errors that the runtime returns. */
#include <posixen/lib.h>
#include "trace.h"

/* By number from 1; an error that nothing here returns is two empty strings. */
static const char errors[] =
	"EPERM\0Operation not permitted\0"
	"ENOENT\0No such file or directory\0"
	"ESRCH\0No such process\0"
	"EINTR\0Interrupted system call\0"
	"EIO\0Input/output error\0"
	"ENXIO\0No such device or address\0"
	"E2BIG\0Argument list too long\0"
	"ENOEXEC\0Exec format error\0"
	"EBADF\0Bad file descriptor\0"
	"ECHILD\0No child processes\0"
	"EAGAIN\0Resource temporarily unavailable\0"
	"ENOMEM\0Cannot allocate memory\0"
	"EACCES\0Permission denied\0"
	"EFAULT\0Bad address\0"
	"\0\0"
	"EBUSY\0Device or resource busy\0"
	"EEXIST\0File exists\0"
	"EXDEV\0Invalid cross-device link\0"
	"ENODEV\0No such device\0"
	"ENOTDIR\0Not a directory\0"
	"EISDIR\0Is a directory\0"
	"EINVAL\0Invalid argument\0"
	"ENFILE\0Too many open files in system\0"
	"EMFILE\0Too many open files\0"
	"ENOTTY\0Inappropriate ioctl for device\0"
	"ETXTBSY\0Text file busy\0"
	"EFBIG\0File too large\0"
	"ENOSPC\0No space left on device\0"
	"ESPIPE\0Illegal seek\0"
	"EROFS\0Read-only file system\0"
	"EMLINK\0Too many links\0"
	"EPIPE\0Broken pipe\0"
	"EDOM\0Numerical argument out of domain\0"
	"ERANGE\0Numerical result out of range\0"
	"EDEADLK\0Resource deadlock avoided\0"
	"ENAMETOOLONG\0File name too long\0"
	"ENOLCK\0No locks available\0"
	"ENOSYS\0Function not implemented\0"
	"ENOTEMPTY\0Directory not empty\0"
	"ELOOP\0Too many levels of symbolic links\0"
	"\0\0"
	"ENOMSG\0No message of desired type\0"
	"EIDRM\0Identifier removed\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"ENODATA\0No data available\0"
	"ETIME\0Timer expired\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"EOVERFLOW\0Value too large for defined data type\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"EILSEQ\0Invalid or incomplete multibyte or wide character\0"
	"\0\0\0\0"
	"EUSERS\0Too many users\0"
	"ENOTSOCK\0Socket operation on non-socket\0"
	"EDESTADDRREQ\0Destination address required\0"
	"EMSGSIZE\0Message too long\0"
	"EPROTOTYPE\0Protocol wrong type for socket\0"
	"ENOPROTOOPT\0Protocol not available\0"
	"EPROTONOSUPPORT\0Protocol not supported\0"
	"ESOCKTNOSUPPORT\0Socket type not supported\0"
	"EOPNOTSUPP\0Operation not supported\0"
	"EPFNOSUPPORT\0Protocol family not supported\0"
	"EAFNOSUPPORT\0Address family not supported by protocol\0"
	"EADDRINUSE\0Address already in use\0"
	"EADDRNOTAVAIL\0Cannot assign requested address\0"
	"ENETDOWN\0Network is down\0"
	"ENETUNREACH\0Network is unreachable\0"
	"ENETRESET\0Network dropped connection on reset\0"
	"ECONNABORTED\0Software caused connection abort\0"
	"ECONNRESET\0Connection reset by peer\0"
	"ENOBUFS\0No buffer space available\0"
	"EISCONN\0Transport endpoint is already connected\0"
	"ENOTCONN\0Transport endpoint is not connected\0"
	"ESHUTDOWN\0Cannot send after transport endpoint shutdown\0"
	"ETOOMANYREFS\0Too many references: cannot splice\0"
	"ETIMEDOUT\0Connection timed out\0"
	"ECONNREFUSED\0Connection refused\0"
	"EHOSTDOWN\0Host is down\0"
	"EHOSTUNREACH\0No route to host\0"
	"EALREADY\0Operation already in progress\0"
	"EINPROGRESS\0Operation now in progress\0"
	"ESTALE\0Stale file handle\0"
	"\0\0\0\0\0\0\0\0\0\0\0\0"
	"ENOMEDIUM\0No medium found\0"
	"\0\0"
	"ECANCELED\0Operation canceled\0";

const char *error_name(int err, const char **words)
{
	const char *p = errors;
	int i;

	/* Between the runtime's own parts, as between Linux's. */
	if (err >= 512) {
		*words = "To be restarted";
		return "ERESTARTSYS";
	}
	for (i = 1; i < err && p < errors + sizeof(errors) - 1; i++) {
		p += strlen(p) + 1;
		p += strlen(p) + 1;
	}
	if (p >= errors + sizeof(errors) - 1 || !*p)
		return NULL;
	*words = p + strlen(p) + 1;
	return p;
}
