# SPDX-License-Identifier: BSD-2-Clause
#
# Reads syscalls.def, one row a line, and prints it in one of the forms that
# other parts of the build want:
#
#	-v form=tsv	number, name, state, subsystem, arguments, leaf, reason
#	-v form=exports	the global names of the runtime, one a line
#	-v form=doc	docs/SYSCALLS.md
#	-v form=tests	names that need a file in tests/posix

/^(FULL|PARTIAL|STUB|ABSENT)/ {
	row = $0
	state = tolower(substr(row, 1, match(row, /[ (]/) - 1))
	why = ""
	if (match(row, /"[^"]*"/))
		why = substr(row, RSTART + 1, RLENGTH - 2)
	args = ""
	if (match(row, /[AL][0-6]\([^)]*\)/))
		args = substr(row, RSTART, RLENGTH)
	split(substr(row, index(row, "(") + 1), f, / *, */)
	nr = f[1] + 0; name = f[2]; sub_ = f[3]
	leaf = substr(args, 1, 1) == "L"
	args = substr(args, 4, length(args) - 4)
	gsub(/px_/, "", args)
	count[state]++
	if (form == "tsv")
		printf "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", nr, name, state, \
			sub_, args, leaf ? "leaf" : "", why
	else if (form == "exports")
		printf "px_%s\npx_call_%s\n", name, name
	else if (form == "tests" && (state == "full" || state == "partial"))
		print name
	else if (form == "doc")
		rows = rows sprintf("| %d | %s | %s | %s | %s |\n", \
			nr, name, state, sub_, why)
}

END {
	if (form != "doc")
		exit
	print "# System calls\n"
	print "Made from shim/syscalls.def by `make docs`; do not edit."
	print "Numbers are those of Linux 6.1 on x86-64.\n"
	print "| state | calls | meaning |"
	print "| --- | --- | --- |"
	print "| full | " count["full"] + 0 " | every flag and error of the" \
		" man page, with a test |"
	print "| partial | " count["partial"] + 0 " | what is missing is" \
		" refused with the errno that Linux documents |"
	print "| stub | " count["stub"] + 0 " | does nothing, where that" \
		" cannot mislead a program |"
	print "| absent | " count["absent"] + 0 " | returns ENOSYS and is" \
		" counted (boot parameter `syscalls=report`) |\n"
	print "| number | name | state | part | note |"
	print "| --- | --- | --- | --- | --- |"
	printf "%s", rows
}
