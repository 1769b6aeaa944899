# SPDX-License-Identifier: BSD-2-Clause
#
# For the jobs that run in dom0 (tools/lab batch): `. ./job.sh`. `parameters`
# beside it sets rounds and others; names of figures are bench/report.py's.
. ./parameters
linux_extra=$(cat linux.extra)

# one NAME DOMU-ARG...: run a domain; what it says goes to out/NAME.
one() {
	name=$1
	shift
	domu -m "$@" >>"out/$name" 2>&1 </dev/null
	echo "status $?" >>"out/$name"
}

# posixen NAME MEMORY IMAGE [ARG...]
posixen() {
	name=$1 memory=$2 image=$3
	shift 3
	one "$name" -M "$memory" -e "stdio=mux:ppp -- $*" "$image.xen"
}

# linux NAME MEMORY RAMDISK
linux() {
	one "$1" -M "$2" -r "$3.img" -e "$linux_extra" vmlinuz
}
