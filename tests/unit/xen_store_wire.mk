# SPDX-License-Identifier: BSD-2-Clause
unit-objs-xen_store_wire := xen/store_wire.o
