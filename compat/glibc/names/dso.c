/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __dso_handle: which shared object a destructor belongs to (Itanium C++ ABI,
 * 3.3.6.3). NULL says the program itself, as gcc's crtbegin does when static.
 */
#include <stddef.h>

__attribute__((visibility("hidden"))) void *__dso_handle = NULL;
