/* SPDX-License-Identifier: BSD-2-Clause */
#include <iostream>
#include <string>

extern "C" int part();

int main()
{
	try {
		throw std::string("part ");
	} catch (const std::string &s) {
		std::cout << s << part() << '\n';
	}
	return 5;
}
