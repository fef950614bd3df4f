// A child process that works on a store, tells what it has done, and is killed at some moment.
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace renraku::fixture {

/// How often a sweep repeats: `some` in every test run, `all` where RENRAKU_FULL is set.
inline int rounds(int some, int all) {
  return std::getenv("RENRAKU_FULL") ? all : some;
}

/// A random number below `limit`, from a sequence that is the same in each run.
inline int below(int limit) {
  static std::mt19937 source(20261121);
  return static_cast<int>(source() % static_cast<unsigned>(limit));
}

class Child {
 public:
  /// Tells the parent one line; returns once it is in the pipe.
  using Tell = std::function<void(const std::string& line)>;

  /// The work must open what it needs itself: nothing of the parent's is used in a child.
  explicit Child(const std::function<void(const Tell&)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      int result = 1;
      try {
        work([&](const std::string& line) {
          const std::string whole = line + '\n';
          if (::write(ends[1], whole.data(), whole.size()) < 0) _exit(2);
        });
        result = 0;
      } catch (...) {
      }
      _exit(result);
    }
    ::close(ends[1]);
    from_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill();
    ::close(from_);
  }

  /// Waits until the child has told `count` lines, or has ended.
  void wait_for(std::size_t count) {
    while (lines_.size() < count && read_more(60'000)) {
    }
  }
  /// Takes what it has told so far.
  void catch_up() {
    while (read_more(0)) {
    }
  }
  /// Lets the child go on for some microseconds, to be killed in the middle of something.
  void let_run(int microseconds) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds);
    while (std::chrono::steady_clock::now() < until) {
    }
  }
  /// Kills it where it stands, and returns everything it told.
  std::vector<std::string> kill() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      finish();
    }
    return lines_;
  }
  /// Waits for its own end; true when the work came to it without an error.
  bool join() {
    while (read_more(120'000)) {
    }
    finish();
    return WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
  }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  bool read_more(int patience_ms) {
    pollfd waiting{from_, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) <= 0) return false;
    char part[4096];
    const ssize_t got = ::read(from_, part, sizeof part);
    if (got <= 0) return false;
    rest_.append(part, static_cast<std::size_t>(got));
    for (std::size_t end; (end = rest_.find('\n')) != std::string::npos; rest_.erase(0, end + 1)) {
      lines_.push_back(rest_.substr(0, end));
    }
    return true;
  }
  void finish() {
    if (pid_ <= 0) return;
    ::waitpid(pid_, &status_, 0);
    pid_ = -1;
    while (read_more(0)) {
    }
  }

  pid_t pid_ = -1;
  int from_ = -1;
  int status_ = 0;
  std::string rest_;
  std::vector<std::string> lines_;
};

}  // namespace renraku::fixture
