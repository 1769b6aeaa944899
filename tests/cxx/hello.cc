/* SPDX-License-Identifier: BSD-2-Clause */
#include <iostream>

int main()
{
	std::cout << "Hello" << std::endl;
}
