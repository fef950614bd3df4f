#include "base/log.hpp"

#include <utility>

namespace renraku::base {
namespace {

thread_local Log* current = nullptr;

}  // namespace

void Log::add(LogLine line) {
  const std::lock_guard lock(mutex_);
  if (lines_.size() == lines_max) {
    lines_.pop_front();
    ++dropped_;
  }
  lines_.push_back(std::move(line));
  waits_.store(true, std::memory_order_relaxed);
}

LogLine Log::take() {
  if (const std::uint64_t count = std::exchange(dropped_, 0); count > 0) {
    return {Instant::now(), LogLevel::warning, LogEvent::lines_dropped,
            fmt::format("{} older lines were dropped before anybody called", count)};
  }
  LogLine line = std::move(lines_.front());
  lines_.pop_front();
  return line;
}

void Log::deliver() noexcept {
  if (!waits_.load(std::memory_order_relaxed)) return;
  std::unique_lock lock(mutex_);
  if (std::exchange(delivering_, true)) return;
  while (dropped_ > 0 || !lines_.empty()) {
    try {
      const LogLine line = take();
      lock.unlock();
      sink_(line);
    } catch (...) {  // whatever a sink throws must not end the call
    }
    if (!lock.owns_lock()) lock.lock();
  }
  waits_.store(false, std::memory_order_relaxed);
  delivering_ = false;
}

Log* current_log() noexcept {
  return current;
}

LogScope::LogScope(Log* log) noexcept
    : before_(std::exchange(current, log && log->is_wanted() ? log : nullptr)) {}

LogScope::~LogScope() {
  current = before_;
}

void log_formatted(LogLevel level, LogEvent event, fmt::string_view text,
                   fmt::format_args values) noexcept {
  try {
    current->add({Instant::now(), level, event, fmt::vformat(text, values)});
  } catch (...) {  // without memory the work matters more
  }
}

}  // namespace renraku::base
