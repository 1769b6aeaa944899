# SPDX-License-Identifier: BSD-2-Clause
# libevent's own tests, built by its own configure and make.
include tests/suites/suite.mk

$(eval $(call suite-program,libevent,regress,$(O)/src/libevent-2.1.12,libevent,\
	uptime.o pause.o))
