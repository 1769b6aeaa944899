/* SPDX-License-Identifier: BSD-2-Clause */
/* sysinfo__load(): see sysinfo(2). */
#include "t.h"
#include <sys/sysinfo.h>

int main(void)
{
	struct sysinfo si;
	double read[3] = {-1, -1, -1};
	int running = -1, all = -1, fields;
	FILE *f = fopen("/proc/loadavg", "r");

	fields = f ? fscanf(f, "%lf %lf %lf %d/%d", read, read + 1, read + 2,
			    &running, &all)
		   : -1;
	t_val("fields", fields);
	t_is("I run", running >= 1 && all >= running);
	sysinfo(&si);
	for (int i = 0; i < 3; i++) {
		double load = si.loads[i] / 65536.0;

		/* A period may have ended in between. */
		t_is("the same", load > read[i] - 2 && load < read[i] + 2);
	}
	return 0;
}
