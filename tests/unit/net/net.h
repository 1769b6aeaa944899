/* SPDX-License-Identifier: BSD-2-Clause */
/* net.h: what the parts of the test of net/ share. */
#ifndef TESTS_UNIT_NET_H
#define TESTS_UNIT_NET_H

#include <stdint.h>

/* fakes.c: the clock, page frames in use, frames that may still be taken. */
extern uint64_t fake_now;
extern long frames_out, frames_left;
/* Move the clock, timers included. How often a timer fired. */
unsigned int fake_run(uint64_t ns);

void test_checksum(void);
void test_demux(void);
void test_gso(void);
void test_loop(void);
void test_param(void);
void test_plug(void);
void test_recovery(void);
void test_room(void);
void test_segment(void);
void test_timers(void);

/* In each file, from unit.h. */
void unit_check(int ok, const char *file, int line, const char *what);
#define CHECK(c) unit_check(!!(c), __FILE__, __LINE__, #c)

#endif
