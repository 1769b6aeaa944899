# SPDX-License-Identifier: BSD-2-Clause
# The table lies where the address space of this program has room too.
unit-objs-xen_grant := xen/grant.o
