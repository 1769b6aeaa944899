# SPDX-License-Identifier: BSD-2-Clause
#
# Makes a runtime out of build/gen/px_calls.h that hands every call to Linux:
# px_<name> traps, as musl itself would have done.  With it the overlay runs
# natively, and what fails is the overlay and not Posixen.

function thunk(name, nr) {
	printf "\t.section .text.px_%s, \"ax\", @progbits\n", name
	printf "\t.globl px_%s\n\t.type px_%s, @function\n", name, name
	printf "px_%s:\n\tmov %%rcx, %%r10\n\tmov $%d, %%eax\n", name, nr
	printf "\tsyscall\n\tret\n\t.size px_%s, . - px_%s\n", name, name
}

/^\t\[[0-9]+\] = px_/ {
	nr = $1
	gsub(/[^0-9]/, "", nr)
	name = $3
	sub(/^px_/, "", name)
	sub(/,$/, "", name)
	# trap.c looks at this one first.
	if (name == "rt_sigaction")
		name = "rt_sigaction_trap"
	# The child must not share the stack that the call returns on.
	if (name == "vfork")
		nr = 57
	thunk(name, nr)
}

END {
	print "\t.section .note.GNU-stack, \"\", @progbits"
}
