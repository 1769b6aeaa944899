/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libstdc++'s c++config.h says which of glibc's functions its headers may use
 * in what they compile into a program. Taken back here: those that musl's
 * headers do not declare. Where they have another way, it is as good.
 */
#include_next <bits/c++config.h>

#undef _GLIBCXX_USE_UCHAR_C8RTOMB_MBRTOC8_FCHAR8_T
#undef _GLIBCXX_USE_UCHAR_C8RTOMB_MBRTOC8_CXX20
#undef _GLIBCXX_USE_PTHREAD_COND_CLOCKWAIT
#undef _GLIBCXX_USE_PTHREAD_MUTEX_CLOCKLOCK
#undef _GLIBCXX_USE_PTHREAD_RWLOCK_CLOCKLOCK
