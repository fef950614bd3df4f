// Rows that one transaction read and others may use again, in memory: bounded, and wiped when it is
// let go.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::storage {

/// A row out of `PackedRows`, valid as long as those.
struct PackedRow {
  /// As many as a walk through a list by reading compares: its order, and four to look into.
  static constexpr std::size_t texts_count = 5;
  using Texts = std::array<std::string_view, texts_count>;

  std::int64_t key = 0;
  Texts texts;
};

/// Rows one behind the other. Filled by one thread, then read by any.
class PackedRows {
 public:
  PackedRows() = default;
  PackedRows(const PackedRows&) = delete;
  PackedRows& operator=(const PackedRows&) = delete;
  ~PackedRows();

  void add(const PackedRow& row);
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] PackedRow operator[](std::size_t at) const;
  /// Of memory, all in all.
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Memory that never moves while it is filled: what moved would stay behind unwiped.
  static constexpr std::size_t chunk_size = 256 * 1024;

  struct Place {
    std::int64_t key;
    const char* begin;
    std::array<std::uint32_t, PackedRow::texts_count> sizes;
  };
  std::vector<std::string> chunks_;
  std::vector<Place> places_;
};

/// Whose rows they are, by which statement they were read, and a stamp that is another whenever
/// they are.
struct RowsName {
  std::string whose;
  std::string sql;
  std::array<std::uint8_t, 16> stamp;
  bool operator==(const RowsName&) const = default;
};

/// What is kept, of one database in one process. Used from any thread.
class RowMemory {
 public:
  using Clock = std::chrono::steady_clock;

  /// Some 200,000 residents, as many as the largest municipality of most stores has; a process that
  /// serves a store has as much to spare.
  static constexpr std::size_t bytes_max = 64UL * 1024 * 1024;
  /// Whoever looks for people looks for some in a row.
  static constexpr std::chrono::minutes unused_max{10};

  explicit RowMemory(std::size_t most = bytes_max) : most_(most) {}

  /// Null where there are none of that name. Those of an older stamp are let go.
  [[nodiscard]] std::shared_ptr<const PackedRows> find(const RowsName& name,
                                                       Clock::time_point now = Clock::now());
  /// In place of those of another stamp. What nobody used for longest goes until all of it fits;
  /// rows that are too many alone are not kept, nor those that were read when `changes()` was less.
  void keep(RowsName name, std::shared_ptr<const PackedRows> rows, std::uint64_t changes_before,
            Clock::time_point now = Clock::now());
  /// Whoever has found them still uses them to the end.
  void let_go(std::string_view whose);
  void let_go_of_old(Clock::time_point now = Clock::now()) noexcept;
  /// How often somebody's rows were let go because they changed.
  [[nodiscard]] std::uint64_t changes() const;

 private:
  struct Kept {
    RowsName name;
    std::shared_ptr<const PackedRows> rows;
    Clock::time_point used;
  };
  /// Takes out of `kept_` what is to be let go, so that it is wiped when the lock is not held.
  template <class Which>
  [[nodiscard]] std::list<Kept> take_out(Which&& which);

  const std::size_t most_;
  mutable std::mutex mutex_;
  /// Used last comes first.
  std::list<Kept> kept_;
  std::uint64_t changes_ = 0;
};

}  // namespace renraku::storage
