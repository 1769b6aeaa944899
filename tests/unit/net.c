/* SPDX-License-Identifier: BSD-2-Clause */
/* The network stack without devices; parts in tests/unit/net/. */
#include <stdbool.h>
#include <stdio.h>
#define unit_check unit_count
#include "unit.h"
#undef unit_check
#include "net/net.h"

void unit_check(int ok, const char *file, int line, const char *what)
{
	unit_count(ok, file, line, what);
}

int main(void)
{
	test_checksum();
	test_param();
	test_loop();
	test_demux();
	test_gso();
	test_plug();
	test_recovery();
	test_room();
	test_segment();
	test_timers();
	return unit_done();
}
