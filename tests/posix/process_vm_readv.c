/* SPDX-License-Identifier: BSD-2-Clause */
/* process_vm_readv(): see process_vm_readv(2). */
#include "process_vm.h"

int main(void)
{
	return process_vm(SYS_process_vm_readv);
}
