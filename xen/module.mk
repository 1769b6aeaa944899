# SPDX-License-Identifier: BSD-2-Clause
xen-objs += $(addprefix xen/,entry_pv.o start.o traps.o trap_entry.o p2m.o \
	      pagetable.o pagetable_start.o tables.o mmu_batch.o event.o time.o \
	      console.o mux.o exit.o cpu.o symbol.o)
xen-objs += $(addprefix xen/,grant.o grant_pv.o shutdown.o store.o \
	      store_calls.o store_watch.o store_wire.o sysrq.o xenbus.o)
xen-objs += $(addprefix xen/netfront,.o _bounce.o _mcast.o _owner.o _ring.o \
	      _rx.o _setup.o _start.o _tx.o)
