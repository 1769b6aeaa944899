/* SPDX-License-Identifier: BSD-2-Clause */
#include "parts.h"

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <numeric>
#include <semaphore>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace
{
std::vector<std::string> ends;
std::mutex ends_lock;

struct leaves {
	std::string name;
	~leaves()
	{
		std::lock_guard<std::mutex> g(ends_lock);

		ends.push_back(name);
	}
};
thread_local leaves first{"first"};
thread_local leaves second{"second"};

void locals()
{
	std::thread([] {
		first.name += " of a thread";
		second.name += " of a thread";
	}).join();
	std::async(std::launch::async, [] { first.name += " of async"; }).get();
	for (auto &name : ends)
		std::cout << "  ~" << name << '\n';
}

void locks()
{
	std::mutex m;
	std::recursive_mutex again;
	std::timed_mutex timed;
	std::shared_mutex shared;
	long sum = 0;
	std::vector<std::thread> all;

	for (int i = 0; i < 4; i++)
		all.emplace_back([&] {
			for (int n = 0; n < 5000; n++) {
				std::scoped_lock both(m, again);
				std::lock_guard<std::recursive_mutex> g(again);

				sum++;
			}
		});
	for (auto &t : all)
		t.join();
	std::cout << "sum " << sum << '\n';

	timed.lock();
	std::thread([&] {
		auto start = steady_clock::now();
		bool got = timed.try_lock_for(30ms);

		std::cout << "timed " << got << ' '
			  << (steady_clock::now() - start >= 30ms) << '\n';
	}).join();
	timed.unlock();

	std::shared_lock<std::shared_mutex> reader(shared);
	std::thread([&] {
		std::cout << "second reader " << shared.try_lock_shared();
		shared.unlock_shared();
		std::cout << " writer " << shared.try_lock() << '\n';
	}).join();

	std::once_flag once;
	int calls = 0;

	all.clear();
	for (int i = 0; i < 4; i++)
		all.emplace_back(
			[&] { std::call_once(once, [&] { calls++; }); });
	for (auto &t : all)
		t.join();
	std::cout << "once " << calls << '\n';

	std::once_flag tries;
	int tried = 0;

	all.clear();
	for (int i = 0; i < 4; i++)
		all.emplace_back([&] {
			try {
				std::call_once(tries, [&] {
					std::this_thread::sleep_for(2ms);
					if (++tried < 3)
						throw tried;
				});
			} catch (int) {
				std::lock_guard<std::mutex> g(m);

				calls += 10;
			}
		});
	for (auto &t : all)
		t.join();
	std::cout << "the third time " << tried << ' ' << calls << '\n';
}

void queue()
{
	std::deque<int> waiting;
	std::mutex m;
	std::condition_variable come;
	long sum = 0;

	std::thread consumer([&] {
		for (;;) {
			std::unique_lock<std::mutex> g(m);

			come.wait(g, [&] { return !waiting.empty(); });
			if (waiting.front() < 0)
				return;
			sum += waiting.front();
			waiting.pop_front();
		}
	});
	for (int i = 0; i <= 1000; i++) {
		std::lock_guard<std::mutex> g(m);

		waiting.push_back(i < 1000 ? i : -1);
		come.notify_one();
	}
	consumer.join();
	std::cout << "queue " << sum << '\n';
}
} // namespace

void test_threads()
{
	locals();
	locks();
	queue();
	std::cout << "cpus " << (std::thread::hardware_concurrency() > 0)
		  << '\n';
	auto mine = std::this_thread::get_id();

	std::thread([=] {
		std::cout << "id " << (mine == std::this_thread::get_id())
			  << '\n';
	}).join();
}

void test_waiting()
{
	std::mutex m;
	std::condition_variable never;
	std::unique_lock<std::mutex> g(m);
	auto start = steady_clock::now();

	std::cout << (never.wait_for(g, 20ms) == std::cv_status::timeout)
		  << (never.wait_until(g, std::chrono::system_clock::now() +
						  20ms) ==
		      std::cv_status::timeout)
		  << (steady_clock::now() - start >= 40ms) << '\n';
	start = steady_clock::now();
	std::this_thread::sleep_for(15ms);
	std::cout << (steady_clock::now() - start >= 15ms) << '\n';

	std::atomic<int> number{0};
	std::thread waker([&] {
		std::this_thread::sleep_for(10ms);
		number = 1;
		number.notify_all();
	});

	number.wait(0);
	std::cout << "woken by " << number << '\n';
	waker.join();

	std::atomic<long> wide{0};
	std::thread wide_waker([&] {
		wide = 1l << 40;
		wide.notify_one();
	});

	wide.wait(0);
	std::cout << wide << '\n';
	wide_waker.join();

	std::counting_semaphore<4> room(0);
	std::latch ready(3);
	std::atomic<int> through{0}, rounds{0};
	std::barrier meet(3, [&]() noexcept { rounds++; });
	std::vector<std::jthread> all;

	for (int i = 0; i < 3; i++)
		all.emplace_back([&] {
			ready.count_down();
			room.acquire();
			through++;
			for (int n = 0; n < 10; n++)
				meet.arrive_and_wait();
		});
	ready.wait();
	std::cout << "before " << through << '\n';
	room.release(3);
	all.clear();
	std::cout << "after " << through << " rounds " << rounds << '\n';
	std::cout << "semaphore " << room.try_acquire_for(10ms) << '\n';

	std::jthread stops([](std::stop_token stop) {
		while (!stop.stop_requested())
			std::this_thread::yield();
	});

	stops.request_stop();
	stops.join();

	std::vector<std::future<long>> parts;

	for (int i = 0; i < 4; i++)
		parts.push_back(std::async(std::launch::async, [i] {
			std::vector<long> v(1000);

			std::iota(v.begin(), v.end(), i * 1000);
			return std::accumulate(v.begin(), v.end(), 0l);
		}));
	long sum = 0;

	for (auto &part : parts)
		sum += part.get();
	std::cout << "async " << sum << '\n';

	auto failing = std::async(std::launch::async, []() -> int {
		throw std::runtime_error("in async");
	});

	try {
		failing.get();
	} catch (const std::runtime_error &e) {
		std::cout << e.what() << '\n';
	}
	std::packaged_task<int(int)> twice([](int n) { return 2 * n; });
	auto result = twice.get_future();

	std::thread(std::move(twice), 21).join();
	std::cout << result.get() << ' '
		  << (std::async(std::launch::deferred, [] { return 1; })
			      .wait_for(0s) == std::future_status::deferred)
		  << '\n';
}
