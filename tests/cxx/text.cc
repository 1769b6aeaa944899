/* SPDX-License-Identifier: BSD-2-Clause */
#include "parts.h"

#include <charconv>
#include <codecvt>
#include <cwctype>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <locale>
#include <regex>
#include <sstream>

void test_streams()
{
	std::ostringstream out;

	out << std::hex << std::showbase << 255 << ' ' << std::oct << 8 << ' '
	    << std::dec << std::setw(6) << std::setfill('*') << 42 << ' '
	    << std::boolalpha << true << ' ' << std::fixed
	    << std::setprecision(3) << 3.14159 << ' ' << std::scientific
	    << 12345.678 << ' ' << std::defaultfloat << 1e100 << ' '
	    << std::hexfloat << 1.5;
	std::cout << out.str() << '\n';

	std::istringstream in("12 0x1f 3.5e2 word \"two words\" rest");
	int a, b;
	double d;
	std::string w, q;

	in >> a >> std::hex >> b >> d >> w >> std::quoted(q);
	std::cout << a << ' ' << b << ' ' << d << ' ' << w << ' ' << q << '\n';
	in >> a;
	std::cout << in.fail() << in.eof() << in.bad() << '\n';
	in.clear();
	in.exceptions(std::ios::failbit);
	try {
		in >> a;
	} catch (const std::ios_base::failure &e) {
		std::cout << e.what() << '\n';
	}

	{
		std::ofstream file("lines.txt");

		for (int i = 0; i < 1000; i++)
			file << "line " << i << '\n';
	}
	std::fstream file("lines.txt", std::ios::in | std::ios::out);
	std::string line;
	int lines = 0;

	while (std::getline(file, line))
		lines++;
	file.clear();
	file.seekp(5);
	file << 'X';
	file.seekg(0);
	std::getline(file, line);
	std::cout << lines << ' ' << line << ' ' << file.tellg() << '\n';
	std::ifstream none("there-is-none");
	std::cout << none.is_open() << '\n';

	char digits[64];
	double back = 0;
	auto end = std::to_chars(digits, digits + sizeof(digits), 0.1 + 0.2);

	std::from_chars(digits, end.ptr, back);
	std::cout << std::string(digits, end.ptr) << ' ' << (back == 0.1 + 0.2)
		  << ' ' << std::stod("1e-3") << ' '
		  << std::to_string(-1234567890123l) << '\n';
	std::cerr << "on stderr" << std::endl;

	std::wostringstream wide;

	wide << L"wide " << std::setw(5) << 12 << L' ' << 0.5;
	std::cout << (wide.str() == L"wide    12 0.5") << '\n';
}

namespace
{
struct grouped : std::numpunct<char> {
	char do_thousands_sep() const override
	{
		return '\'';
	}
	std::string do_grouping() const override
	{
		return "\3";
	}
	char do_decimal_point() const override
	{
		return ',';
	}
};
} // namespace

void test_locales()
{
	std::locale classic = std::locale::classic();
	auto &ctype = std::use_facet<std::ctype<char>>(classic);
	int classes[7] = {};

	for (int c = 0; c < 256; c++) {
		classes[0] += ctype.is(std::ctype_base::alpha, c);
		classes[1] += ctype.is(std::ctype_base::space, c);
		classes[2] += ctype.is(std::ctype_base::punct, c);
		classes[3] += ctype.is(std::ctype_base::cntrl, c);
		classes[4] += ctype.is(std::ctype_base::xdigit, c);
		classes[5] += ctype.is(std::ctype_base::print, c);
		classes[6] += ctype.is(std::ctype_base::graph, c);
	}
	for (int n : classes)
		std::cout << n << ' ';
	std::cout << ctype.tolower('Q') << ctype.toupper('q')
		  << std::isalpha('x', classic) << std::isdigit('x', classic)
		  << '\n';
	auto &wide = std::use_facet<std::ctype<wchar_t>>(classic);

	std::cout << wide.is(std::ctype_base::alpha, L'a')
		  << wide.is(std::ctype_base::digit, L'a')
		  << wide.narrow(L'z', '?') << '\n';

	std::ostringstream out;

	out.imbue(std::locale(classic, new grouped));
	out << 1234567 << ' ' << std::fixed << 1234.5 << ' ';
	out.imbue(classic);
	out << 1234567;
	std::cout << out.str() << '\n';

	std::tm when = {};

	when.tm_year = 100;
	when.tm_mon = 1;
	when.tm_mday = 29;
	when.tm_wday = 2;
	when.tm_yday = 59;
	std::cout << std::put_time(&when, "%A %d %B %Y %H:%M:%S %j %p %x")
		  << '\n';
	std::istringstream in("2001-02-03 04:05:06 Tuesday");

	in >> std::get_time(&when, "%Y-%m-%d %H:%M:%S %A");
	std::cout << in.fail() << ' ' << when.tm_year << ' ' << when.tm_mon
		  << ' ' << when.tm_mday << ' ' << when.tm_hour << '\n';
	out.str("");
	out << std::showbase << std::put_money(12345) << '|'
	    << std::use_facet<std::moneypunct<char>>(classic).frac_digits();
	std::cout << out.str() << '\n';
	auto &collate = std::use_facet<std::collate<char>>(classic);
	std::string x = "abc", y = "abd";

	std::cout << collate.compare(&x[0], &x[3], &y[0], &y[3]) << ' '
		  << collate.transform(&x[0], &x[3]) << '\n';

	std::locale utf8("C.UTF-8");

	std::cout << utf8.name() << ' ' << (utf8 == classic) << '\n';
	for (const char *name :
	     {"POSIX", "C.utf8", "no such locale", "de_DE.KOI8-R", "german",
	      "C.UTF-16", "e_US.UTF-8", "../C.UTF-8"}) {
		try {
			std::cout << std::locale(name).name() << '\n';
		} catch (const std::runtime_error &e) {
			std::cout << name << ": " << e.what() << '\n';
		}
	}
	std::wifstream none;
	std::wstring_convert<std::codecvt_utf8<wchar_t>> convert;
	std::wstring w = convert.from_bytes("gr\xc3\xbc\xc3\x9f \xe2\x82\xac");

	std::cout << w.size() << ' ' << convert.to_bytes(w) << '\n';
	auto &wide8 = std::use_facet<std::ctype<wchar_t>>(utf8);

	std::cout << wide8.is(std::ctype_base::alpha, 0xfc)
		  << (wide8.toupper(0xfc) == 0xdc) << '\n';
	{
		std::wofstream file("wide.txt");

		file.imbue(utf8);
		file << w << L'\n';
	}
	std::wifstream file("wide.txt");
	std::wstring again;

	file.imbue(utf8);
	std::getline(file, again);
	std::cout << (again == w) << '\n';
}

void test_regex()
{
	std::string text = "Alice: 30, Bob: 4, Eve-Marie: 1001";
	std::regex pair(R"(([[:alpha:]-]+):\s*(\d+))");

	for (std::sregex_iterator i(text.begin(), text.end(), pair), end;
	     i != end; ++i)
		std::cout << (*i)[1] << '=' << (*i)[2] << '\n';
	std::cout << std::regex_replace(text, pair, "$2 $1") << '\n';
	std::cout << std::regex_match("FOO_bar",
				      std::regex("foo_BAR", std::regex::icase))
		  << std::regex_match("a.b",
				      std::regex("a\\.b", std::regex::extended))
		  << std::regex_search("xaab", std::regex("(a)\\1"))
		  << std::regex_match("caf", std::regex("[[=c=]]\\w[e-g]"))
		  << std::regex_match(L"w\x00fcrfel",
				      std::wregex(L"w.r[[:alnum:]]+"))
		  << '\n';
	try {
		std::regex bad("(");
	} catch (const std::regex_error &e) {
		std::cout << (e.code() == std::regex_constants::error_paren)
			  << '\n';
	}
	std::regex comma(",\\s*");

	for (std::sregex_token_iterator i(text.begin(), text.end(), comma, -1),
	     end;
	     i != end; ++i)
		std::cout << '<' << *i << '>';
	std::cout << '\n';
}
