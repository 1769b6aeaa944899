/* SPDX-License-Identifier: BSD-2-Clause */
/* C between C++ and C++, as a library's: callbacks.cc throws through it. */
int call_from_c(int (*callback)(int), int n);

int call_from_c(int (*callback)(int), int n)
{
	return callback(n) + 1;
}
