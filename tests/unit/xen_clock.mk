# SPDX-License-Identifier: BSD-2-Clause
unit-objs-xen_clock :=
