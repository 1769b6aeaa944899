/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * True only while no other thread runs, so that libstdc++ may count references
 * without atomic instructions. Being false is always right, and costs little:
 * with one virtual CPU nobody contends for the bus.
 */
char __libc_single_threaded = 0;
