# SPDX-License-Identifier: BSD-2-Clause
# The whole driver, compiled again with gcc's checks of addresses and undefined
# behaviour, at addresses that these leave free.
unit-objs-netfront :=
unit-src-netfront := $(addprefix tests/unit/netfront/,fakes.c store.c map.c \
	backend.c) $(addprefix xen/netfront,.c _bounce.c _mcast.c _owner.c \
	_ring.c _rx.c _setup.c _start.c _tx.c) runtime/rxpage.c runtime/txpage.c
unit-cflags-netfront := -include tests/unit/netfront/layout.h \
	-Wno-sign-compare -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -O2
$(O)/tests/unit/netfront: tests/unit/netfront/layout.h tests/unit/netfront/netfront.h $(wildcard xen/netfront*.h) xen/xenbus.h
