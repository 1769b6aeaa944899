/* SPDX-License-Identifier: BSD-2-Clause */
#include "parts.h"

#include <cxxabi.h>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <new>
#include <thread>
#include <vector>

namespace
{
struct tracer {
	const char *name;
	~tracer()
	{
		std::cout << "  ~" << name << " uncaught "
			  << std::uncaught_exceptions() << '\n';
	}
};

__attribute__((noinline)) int deep(int n)
{
	std::vector<int> on_heap(n + 1, n);

	if (!n)
		throw std::out_of_range("the bottom");
	return deep(n - 1) + on_heap[0];
}

void unwinding()
{
	try {
		tracer a{"a"}, b{"b"};

		throw_from_archive(0);
	} catch (const archive_error &e) {
		std::cout << "caught " << e.what() << '\n';
	}
	for (int kind = 1; kind < 3; kind++) {
		try {
			throw_from_archive(kind);
		} catch (int n) {
			std::cout << "caught int " << n << '\n';
		} catch (...) {
			std::cout << "caught something\n";
		}
	}
	std::cout << catch_in_archive([] {
		throw std::logic_error("a callback");
	}) << '\n';
	try {
		deep(1000);
	} catch (const std::exception &e) {
		std::cout << "from " << e.what() << '\n';
	}
}

void nesting()
{
	try {
		try {
			throw std::runtime_error("inner");
		} catch (...) {
			std::throw_with_nested(std::logic_error("outer"));
		}
	} catch (const std::exception &e) {
		std::cout << e.what();
		try {
			std::rethrow_if_nested(e);
		} catch (const std::exception &inner) {
			std::cout << " around " << inner.what() << '\n';
		}
	}
	try {
		try {
			throw 1;
		} catch (int) {
			throw;
		}
	} catch (int n) {
		std::cout << "again " << n << '\n';
	}
}

void between_threads()
{
	std::exception_ptr carried;
	std::thread t([&] {
		try {
			throw std::domain_error("carried");
		} catch (...) {
			carried = std::current_exception();
		}
	});

	t.join();
	try {
		std::rethrow_exception(carried);
	} catch (const std::domain_error &e) {
		std::cout << e.what() << " to another thread\n";
	}

	int caught = 0;
	std::vector<std::thread> all;
	std::mutex lock;

	for (int i = 0; i < 8; i++)
		all.emplace_back([&, i] {
			for (int n = 0; n < 200; n++) {
				try {
					throw i * n;
				} catch (int got) {
					std::lock_guard<std::mutex> g(lock);
					caught += got == i * n;
				}
			}
		});
	for (auto &one : all)
		one.join();
	std::cout << caught << " caught in 8 threads\n";
}

void of_the_library()
{
	try {
		std::unique_ptr<char[]> p(new char[1ul << 50]);

		std::cout << "a petabyte at " << (void *)p.get() << '\n';
	} catch (const std::bad_alloc &e) {
		std::cout << e.what() << '\n';
	}
	try {
		std::vector<int>().at(3);
	} catch (const std::out_of_range &e) {
		std::cout << e.what() << '\n';
	}
	try {
		std::function<void()>()();
	} catch (const std::bad_function_call &e) {
		std::cout << e.what() << '\n';
	}
	try {
		std::stoi("no number");
	} catch (const std::invalid_argument &e) {
		std::cout << e.what() << '\n';
	}
	try {
		std::promise<int> p;
		auto f = p.get_future();

		{
			auto broken = std::move(p);
		}
		f.get();
	} catch (const std::future_error &e) {
		std::cout << e.code() << '\n';
	}
	try {
		throw std::system_error(
			std::make_error_code(std::errc::permission_denied),
			"asking");
	} catch (const std::system_error &e) {
		std::cout << e.what() << ' ' << e.code() << '\n';
	}
	std::set_new_handler([] {
		std::cout << "out of memory\n";
		std::set_new_handler(nullptr);
	});
	std::cout << (new (std::nothrow) char[1ul << 50] == nullptr) << '\n';
}
} // namespace

void test_exceptions()
{
	unwinding();
	nesting();
	between_threads();
	of_the_library();
}

namespace
{
struct left : virtual base {
	int l = 1;
};
struct right : virtual base {
	int r = 2;
};
struct both : left, right {
	std::string name() const override
	{
		return "both";
	}
};

std::string plain(const std::type_info &type)
{
	int status;
	std::unique_ptr<char, void (*)(void *)> name(
		abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
		std::free);

	return status ? type.name() : name.get();
}
} // namespace

void test_types()
{
	both object;
	left *l = &object;
	std::unique_ptr<base> other(make_derived());

	std::cout << plain(typeid(*l)) << ' ' << l->name() << ' '
		  << dynamic_cast<right *>(l)->r << '\n';
	std::cout << (dynamic_cast<both *>(other.get()) == nullptr) << ' '
		  << other->name() << ' ' << plain(typeid(*other)) << '\n';
	try {
		dynamic_cast<both &>(*other);
	} catch (const std::bad_cast &e) {
		std::cout << e.what() << '\n';
	}
	try {
		base *nobody = nullptr;

		std::cout << typeid(*nobody).name() << '\n';
	} catch (const std::bad_typeid &e) {
		std::cout << e.what() << '\n';
	}
	std::cout << plain(typeid(std::vector<std::string>)) << '\n';
}
