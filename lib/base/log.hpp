// What a store has to say to its host: lines made anywhere below, told at the end of a call.
//
// A thread works for one store at a time, so whoever has something to say says it to the log of
// the thread's store (`log_line`) and need not be handed one.
#pragma once

#include <fmt/core.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <renraku/records/log.hpp>

namespace renraku::base {

/// The lines of one store on their way to the host. Used from any thread.
class Log {
 public:
  /// Without a sink nothing is kept.
  explicit Log(LogSink sink) : sink_(std::move(sink)) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  [[nodiscard]] bool is_wanted() const noexcept { return sink_ != nullptr; }
  void add(LogLine line);
  /// Hands what waits to the sink, on this thread. Does nothing while another thread is doing so:
  /// that one takes all there is.
  void deliver() noexcept;

 private:
  LogLine take();

  /// A host that makes no call for hours shall hear the newest, and no memory shall run out.
  static constexpr std::size_t lines_max = 256;

  LogSink sink_;
  std::atomic<bool> waits_{false};
  std::mutex mutex_;
  std::deque<LogLine> lines_;
  std::uint64_t dropped_ = 0;
  bool delivering_ = false;
};

/// The log of this thread's lines; none where it works for no store or nobody listens.
[[nodiscard]] Log* current_log() noexcept;

/// Makes `log` the current one of this thread for as long as it lives.
class LogScope {
 public:
  explicit LogScope(Log* log) noexcept;
  LogScope(const LogScope&) = delete;
  LogScope& operator=(const LogScope&) = delete;
  ~LogScope();

  /// Whether `log` was this thread's already.
  [[nodiscard]] bool is_within(const Log& log) const noexcept { return before_ == &log; }

 private:
  Log* before_;
};

/// One call of the host's: its lines go to `log`, and are told when it ends. A call within a call
/// leaves that to the outer one.
class LoggedCall {
 public:
  explicit LoggedCall(Log& log) noexcept : log_(log), scope_(&log) {}
  LoggedCall(const LoggedCall&) = delete;
  LoggedCall& operator=(const LoggedCall&) = delete;
  ~LoggedCall() {
    if (!scope_.is_within(log_)) log_.deliver();
  }

 private:
  Log& log_;
  LogScope scope_;
};

void log_formatted(LogLevel level, LogEvent event, fmt::string_view text,
                   fmt::format_args values) noexcept;

/// Says something to the current log. `values` must be no personal data: numbers, ids of records
/// of the store itself, names that the library made.
template <class... Values>
void log_line(LogLevel level, LogEvent event, fmt::format_string<Values...> text,
              Values&&... values) noexcept {
  if (current_log()) log_formatted(level, event, text, fmt::make_format_args(values...));
}

}  // namespace renraku::base
