/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linked as an archive: what is thrown here is caught in the program and the
 * other way round, and a class is the same class on both sides.
 */
#include "parts.h"

std::string base::name() const
{
	return "base";
}

namespace
{
struct derived : base {
	std::string name() const override
	{
		return "derived";
	}
};
} // namespace

base *make_derived()
{
	return new derived;
}

void throw_from_archive(int kind)
{
	switch (kind) {
	case 0:
		throw archive_error("from the archive");
	case 1:
		throw 42;
	default:
		throw "text";
	}
}

std::string catch_in_archive(void (*callback)())
{
	try {
		callback();
	} catch (const std::exception &e) {
		return std::string("the archive caught ") + e.what();
	}
	return "nothing was thrown";
}
