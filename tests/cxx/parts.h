/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What main.cc runs, a function per file, and what the archive holds
 * (archive.cc). All print the same wherever they run: no address, no time.
 */
#pragma once

#include <stdexcept>
#include <string>

void test_start();
void test_exceptions();
void test_callbacks();
void test_types();
void test_threads();
void test_waiting();
void test_ending();
void test_streams();
void test_locales();
void test_regex();
void test_files();
void test_library();

/* Of an archive of its own. */
struct archive_error : std::runtime_error {
	using std::runtime_error::runtime_error;
};
struct base {
	virtual ~base() = default;
	virtual std::string name() const;
};
void throw_from_archive(int kind);
std::string catch_in_archive(void (*callback)());
base *make_derived();
