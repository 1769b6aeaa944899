# SPDX-License-Identifier: BSD-2-Clause
#
# One of SQLite's suites (test/permutations.test) in one process.
#
#	testfixture suite.tcl TESTDIR WORKDIR SUITE
#
# Which files run is said by SQLite's own variables QUICKTEST_OMIT (expressions
# of files to leave out) and SQLITE_TEST_PATTERN_LIST (those to take).
# G(valgrind) is SQLite's own way to leave out the half of each multi-client
# test that starts other processes; the other half, with several connections in
# one process, runs.
set argv0 [lindex $argv 0]/veryquick.test
cd [lindex $argv 1]
set suite [lindex $argv 2]
set argv [list]
set testdir [file dirname $argv0]
source $testdir/permutations.test
set ::G(valgrind) 1

# A file that ends in an error ends SQLite's run. Here it is one more failure,
# called FILE-aborted, and the next file runs.
rename slave_test_file run_file
# The suite mmap takes malloc.test in even if QUICKTEST_OMIT names it.
proc slave_test_file {file} {
	if {[info exists ::env(QUICKTEST_OMIT)]} {
		foreach omit [split $::env(QUICKTEST_OMIT) ,] {
			if {[regexp $omit [file tail $file]]} return
		}
	}
	if {![catch {run_file $file} message]} return
	puts "[file tail $file]: $message"
	catch {interp delete tinterp}
	do_test [file tail $file]-aborted {set message ""} $message
}

run_test_suite $suite
finish_test
