# SPDX-License-Identifier: BSD-2-Clause
# libuv's own tests, built by its own CMakeLists.txt.
include tests/suites/suite.mk

$(eval $(call suite-program,libuv,uv_run_tests_a,$(O)/src/libuv1-1.44.2,libuv1,\
	start.o uptime.o))
