# SPDX-License-Identifier: BSD-2-Clause
# What wrk, ping, curl or redis-benchmark --csv say of a load they made, as name=value.

# wrk's 3.86MB.
function bytes_of(n,	unit) {
	unit = substr(n, length(n) - 1)
	n *= unit == "GB" ? 1e9 : unit == "MB" ? 1e6 : unit == "KB" ? 1e3 : 1
	return n
}
/ requests in / { requests = $1 }
/^Requests\/sec:/ { printf "requests=%d rate=%d ", requests, $2 * 1000 }
/^Transfer\/sec:/ { printf "bytes_rate=%d ", bytes_of($2) }
/, [0-9.]+[KMG]?B read$/ {
	printf "bytes=%d ", bytes_of($(NF - 1))
}
/Socket errors:/ { failed += $4 + $6 + $8 + $10 }
/Non-2xx/ { failed += $NF }
/packets transmitted/ { printf "requests=%d ", $4; failed += $1 - $4 }
/^rtt / {
	split($4, t, "/")
	printf "min=%d avg=%d max=%d ", t[1] * 1e6, t[2] * 1e6, t[3] * 1e6
}
$2 == "bytes" {
	bytes += $3
	seconds += $5
	failed += $1 != 200
}
/^"[A-Z].*","[0-9.]+",/ {
	split($0, quoted, "\"")
	printf "rate=%d ", quoted[4] * 1000
}
END {
	if (seconds)
		printf "requests=1 bytes=%d bytes_rate=%d ", bytes,
			bytes / seconds
	printf "failed=%d\n", failed
}
