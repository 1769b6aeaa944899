/* SPDX-License-Identifier: BSD-2-Clause */
int part(void);

int part(void)
{
	return 7;
}
