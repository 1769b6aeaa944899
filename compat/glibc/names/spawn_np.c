/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Actions for posix_spawn(3) that musl's cannot take. No program can be
 * started here in any case (there is one address space), so they say that now.
 */
#include <errno.h>
#include <spawn.h>

int posix_spawn_file_actions_addclosefrom_np(
	posix_spawn_file_actions_t *actions, int from)
{
	return ENOSYS;
}

int posix_spawn_file_actions_addtcsetpgrp_np(
	posix_spawn_file_actions_t *actions, int terminal)
{
	return ENOSYS;
}
