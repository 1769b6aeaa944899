/* SPDX-License-Identifier: BSD-2-Clause */
#include "parts.h"

#include <algorithm>
#include <any>
#include <chrono>
#include <coroutine>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory_resource>
#include <optional>
#include <random>
#include <sstream>
#include <variant>
#include <vector>

namespace fs = std::filesystem;

void test_files()
{
	fs::path top = fs::current_path() / "tree";

	fs::remove_all(top);
	std::cout << fs::create_directories(top / "a/b/c")
		  << fs::create_directory(top / "a") << '\n';
	for (const char *name : {"a/one", "a/b/two", "a/b/c/three"})
		std::ofstream(top / name) << std::string(1000, 'x');
	fs::create_symlink("one", top / "a/link");
	fs::create_hard_link(top / "a/one", top / "a/hard");

	std::vector<std::string> found;

	for (auto &entry : fs::recursive_directory_iterator(top)) {
		std::ostringstream row;

		row << fs::relative(entry.path(), top).string() << ' '
		    << entry.is_directory() << entry.is_symlink() << ' '
		    << (entry.is_regular_file() ? entry.file_size() : 0);
		found.push_back(row.str());
	}
	std::sort(found.begin(), found.end());
	for (auto &row : found)
		std::cout << "  " << row << '\n';

	fs::permissions(top / "a/one", fs::perms::owner_read);
	std::cout << std::oct << (int)fs::status(top / "a/one").permissions()
		  << std::dec << ' ' << fs::hard_link_count(top / "a/one")
		  << ' ' << fs::read_symlink(top / "a/link") << ' '
		  << fs::equivalent(top / "a/link", top / "a/hard") << '\n';
	fs::copy(top / "a", top / "copy", fs::copy_options::recursive);
	fs::rename(top / "copy/b", top / "moved");
	fs::resize_file(top / "moved/two", 10);
	std::cout << fs::file_size(top / "moved/two") << ' '
		  << fs::exists(top / "copy/b") << ' '
		  << fs::is_empty(top / "copy") << ' '
		  << (fs::space(top).capacity > 0) << '\n';
	auto when = fs::file_time_type::clock::now() - std::chrono::hours(1);

	fs::last_write_time(top / "moved/two", when);
	std::cout << (fs::last_write_time(top / "moved/two") - when <
		      std::chrono::milliseconds(1))
		  << '\n';
	std::error_code error;

	std::cout << (fs::file_size(top / "nowhere", error) == -1ull) << ' '
		  << error << ' ' << error.message() << '\n';
	fs::create_directory(top / "a/one/x", error);
	std::cout << error.message() << '\n';
	try {
		fs::directory_iterator nowhere(top / "nowhere");
	} catch (const fs::filesystem_error &e) {
		std::cout << e.path1().filename() << ' ' << e.code().message()
			  << '\n';
	}
	std::cout << fs::path("/a/./b/../c").lexically_normal() << ' '
		  << fs::path("x/y.tar.gz").stem() << ' '
		  << fs::weakly_canonical(top / "a/../no/way")
			     .lexically_relative(top)
		  << '\n';
	std::cout << fs::remove_all(top) << '\n';
}

namespace
{
struct numbers {
	struct promise_type {
		int now = 0;
		numbers get_return_object()
		{
			return {std::coroutine_handle<
				promise_type>::from_promise(*this)};
		}
		std::suspend_always initial_suspend()
		{
			return {};
		}
		std::suspend_always final_suspend() noexcept
		{
			return {};
		}
		std::suspend_always yield_value(int n)
		{
			now = n;
			return {};
		}
		void return_void()
		{
		}
		void unhandled_exception()
		{
			throw;
		}
	};
	std::coroutine_handle<promise_type> handle;
};

numbers count()
{
	for (int i = 1; i < 3; i++)
		co_yield i;
	throw std::runtime_error("no more");
}
} // namespace

void test_library()
{
	std::mt19937_64 twister(2024);
	std::normal_distribution<> bell;
	std::random_device device;
	double sum = 0;

	for (int i = 0; i < 1000; i++)
		sum += bell(twister);
	std::cout << twister() << ' ' << (sum > -200 && sum < 200) << ' '
		  << (device() != device() || device() != device()) << '\n';

	using namespace std::chrono;
	auto day = sys_days(year(2024) / February / 28) + days(2);

	std::cout << (year_month_day(day) == 2024y / March / 1) << ' '
		  << weekday(day).c_encoding() << ' '
		  << (system_clock::now() > sys_days(2020y / 1 / 1)) << '\n';
	std::time_t zero = 0;

	std::cout << std::ctime(&zero);

	std::variant<int, std::string> either = "text";
	std::any thing = 5;

	std::cout << either.index() << ' ' << std::any_cast<int>(thing) << ' ';
	try {
		std::get<int>(either);
	} catch (const std::bad_variant_access &e) {
		std::cout << e.what() << '\n';
	}
	try {
		std::any_cast<double>(thing);
	} catch (const std::bad_any_cast &e) {
		std::cout << e.what() << '\n';
	}
	char room[4096];
	std::pmr::monotonic_buffer_resource pool(
		room, sizeof(room), std::pmr::null_memory_resource());
	std::pmr::map<int, std::pmr::string> map(&pool);

	try {
		for (int i = 0; i < 1000; i++)
			map[i] = "a string that is not short at all";
	} catch (const std::bad_alloc &) {
		std::cout << "the pool is empty: " << (map.size() > 10) << '\n';
	}
	std::vector<int> many(100000);

	for (auto &n : many)
		n = twister() % 1000;
	std::stable_sort(many.begin(), many.end());
	std::cout << std::is_sorted(many.begin(), many.end()) << '\n';

	auto made = count();

	try {
		for (;;) {
			made.handle.resume();
			std::cout << made.handle.promise().now << ' ';
		}
	} catch (const std::runtime_error &e) {
		std::cout << e.what() << '\n';
	}
	made.handle.destroy();
}
