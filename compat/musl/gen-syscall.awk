# SPDX-License-Identifier: BSD-2-Clause
#
# From shim/syscalls.def: syscall(2) with a constant number, as a call of that
# one handler. Through the function syscall() a program would be linked with
# all handlers, for one gettid. Makes
#
# -v want=header  bits/px_syscall.h, which <sys/syscall.h> includes: an inline
#                 syscall() that calls __px_sc_<name>;
# -v want=asm     those functions, each in a section of its own, so that the
#                 linker drops what is not called.

function header(	nr) {
	print "#if !defined(PX_SYSCALL_H) && defined(__OPTIMIZE__) && \\"
	print "	!defined(__cplusplus) && \\"
	print "	(defined(_GNU_SOURCE) || defined(_BSD_SOURCE))"
	print "#define PX_SYSCALL_H\n"
	print "long __px_sc_any(long, ...) __asm__(\"syscall\");"
	for (nr = 0; nr <= last; nr++)
		if (nr in names)
			printf "long __px_sc_%s(long, ...);\n", names[nr]
	print "\nextern __inline__ __attribute__((__always_inline__, __gnu_inline__))"
	print "long syscall(long __nr, ...)"
	print "{"
	print "	if (!__builtin_constant_p(__nr))"
	print "		return __px_sc_any(__nr, __builtin_va_arg_pack());"
	print "	switch (__nr) {"
	for (nr = 0; nr <= last; nr++)
		if (nr in names) {
			printf "	case %d:\n", nr
			printf "		return __px_sc_%s(__nr, __builtin_va_arg_pack());\n", names[nr]
		}
	print "	}"
	print "	return __px_sc_any(__nr, __builtin_va_arg_pack());"
	print "}"
	print "#endif"
}

# The number goes, the arguments move up. The sixth is on the stack.
function assembler(	nr, s) {
	for (nr = 0; nr <= last; nr++) {
		if (!(nr in names))
			continue
		s = "__px_sc_" names[nr]
		printf "\t.section .text.%s,\"ax\",@progbits\n", s
		printf "\t.globl\t%s\n\t.type\t%s, @function\n%s:\n", s, s, s
		print "\tmovq\t%rsi, %rdi\n\tmovq\t%rdx, %rsi"
		print "\tmovq\t%rcx, %rdx\n\tmovq\t%r8, %rcx"
		print "\tmovq\t%r9, %r8\n\tmovq\t8(%rsp), %r9"
		printf "\tsubq\t$8, %%rsp\n\tcall\tpx_%s\n", names[nr]
		print "\taddq\t$8, %rsp\n\tmovq\t%rax, %rdi"
		printf "\tjmp\t__syscall_ret\n\t.size\t%s, . - %s\n", s, s
	}
	print "\t.section .note.GNU-stack,\"\",@progbits"
}

END {
	if (!count) {
		print "gen-syscall.awk: no rows found" > "/dev/stderr"
		exit 1
	}
	print "/* SPDX-License-Identifier: BSD-2-Clause */"
	print "/* Made from shim/syscalls.def by compat/musl/gen-syscall.awk. */"
	if (want == "asm")
		assembler()
	else
		header()
}
