# SPDX-License-Identifier: BSD-2-Clause
#
# Makes px_calls.h, musl's view of the system calls, from shim/syscalls.def.

END {
	if (!count) {
		print "gen-calls.awk: no rows found" > "/dev/stderr"
		exit 1
	}
	print "/* SPDX-License-Identifier: BSD-2-Clause */"
	print "/* Made from shim/syscalls.def by compat/musl/gen-calls.awk. */"
	print "#ifndef PX_CALLS_H"
	print "#define PX_CALLS_H\n"
	print "typedef long px_call(long, long, long, long, long, long);\n"
	print "long px_syscall(long nr, long, long, long, long, long, long);\n"
	for (nr = 0; nr <= last; nr++)
		if (nr in names)
			printf "px_call px_%s;\n", names[nr]
	printf "\n#define PX_NR_CALLS %d\n\n", last + 1
	print "/* Only ever indexed by constants: the compiler folds the access"
	print " * and drops the table. */"
	print "static px_call *const px_calls[PX_NR_CALLS] __attribute__((unused)) = {"
	for (nr = 0; nr <= last; nr++)
		if (nr in names)
			printf "\t[%d] = px_%s,\n", nr, names[nr]
	print "};\n"
	print "#endif"
}
