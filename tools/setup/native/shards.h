// Threads for our own kernels: as many as there are processors, less one for the caller. They look for work for a short
// while before they sleep, as a training step calls again within microseconds.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tandem {

/** Numbers too small for the normal form count as zero in this thread, as in TensorFlow's own: they are a hundred times slower. */
class FlushTiny {
 public:
#if defined(__x86_64__)
  FlushTiny() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
  ~FlushTiny() { _mm_setcsr(before_); }

 private:
  unsigned before_;
#endif
};

class Shards {
 public:
  /** One for the process; never destroyed, as its threads run until the process ends. */
  static Shards& get() {
    static Shards* shards = new Shards();
    return *shards;
  }

  int count() const { return int(threads_) + 1; }

  /**
   * Runs work(0) … work(parts − 1), at most `count()` of them at a time, and returns when all are done.
   * Which part runs where changes nothing in its result.
   */
  void run(int parts, const std::function<void(int)>& work) {
    // One caller at a time: two graphs may run at once.
    std::lock_guard<std::mutex> one(callers_);
    if (parts > 1) {
      work_ = &work;
      parts_ = parts;
      next_.store(1, std::memory_order_relaxed);
      open_.store(int(threads_), std::memory_order_relaxed);
      {
        std::lock_guard<std::mutex> lock(mutex_);
        round_.fetch_add(1, std::memory_order_release);
      }
      wake_.notify_all();
    }
    FlushTiny flush;
    work(0);
    if (parts <= 1) return;
    take();
    for (int spin = 0; open_.load(std::memory_order_acquire) > 0; ++spin) {
      if (spin < 20000) pause();
      else std::this_thread::yield();
    }
  }

 private:
  Shards() {
    const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int wanted = asked && std::atoi(asked) > 0 ? std::atoi(asked) : int(std::thread::hardware_concurrency());
    threads_ = unsigned(wanted > 32 ? 31 : wanted > 1 ? wanted - 1 : 0);
    for (unsigned i = 0; i < threads_; ++i) std::thread([this] { serve(); }).detach();
  }

  static void pause() {
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
  }

  void take() {
    for (int part = next_.fetch_add(1); part < parts_; part = next_.fetch_add(1)) (*work_)(part);
  }

  void serve() {
    FlushTiny flush;
    for (unsigned seen = 0;;) {
      for (int spin = 0; spin < 2000 && round_.load(std::memory_order_acquire) == seen; ++spin) pause();
      if (round_.load(std::memory_order_acquire) == seen) {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return round_.load(std::memory_order_acquire) != seen; });
      }
      seen = round_.load(std::memory_order_acquire);
      take();
      open_.fetch_sub(1, std::memory_order_release);
    }
  }

  unsigned threads_ = 0;
  std::mutex callers_, mutex_;
  std::condition_variable wake_;
  std::atomic<unsigned> round_{0};
  std::atomic<int> next_{0}, open_{0};
  int parts_ = 0;
  const std::function<void(int)>* work_ = nullptr;
};

}  // namespace tandem
