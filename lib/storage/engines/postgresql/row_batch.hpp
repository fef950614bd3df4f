// Rows of one INSERT that follow one another go out together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// Starting a statement costs the server more than inserting a row: rows wait here and go out as
/// arrays, one a parameter, that a single INSERT takes apart. They go when they are many, or when
/// the connection is to do anything but take rows of an INSERT. Of one statement.
class RowBatch : private Wire::Waiting {
 public:
  /// The INSERT of many rows made of one row's, with numbered parameters of these types; none for a
  /// statement that is no such INSERT, or whose rows may not come together.
  [[nodiscard]] static std::optional<std::string> text_together(std::string_view sql,
                                                                std::span<const Oid> types);

  /// Outlives the transaction whose rows wait in it. `single` is the prepared statement of one row,
  /// `types` are its parameters'.
  RowBatch(Wire& wire, std::string single, std::string together, std::vector<Oid> types);
  RowBatch(const RowBatch&) = delete;
  RowBatch& operator=(const RowBatch&) = delete;
  ~RowBatch() override { wire_.forget(*this); }

  /// Copies the values of a row.
  void add(const BoundValues& row);

 private:
  /// Lets the rows go at its end, however that comes: none of a transaction that failed may go
  /// out with the next one.
  class LettingGo {
   public:
    explicit LettingGo(RowBatch& batch) : batch_(batch) {}
    LettingGo(const LettingGo&) = delete;
    LettingGo& operator=(const LettingGo&) = delete;
    ~LettingGo() { batch_.forget_waiting(); }

   private:
    RowBatch& batch_;
  };

  void send_waiting() override;
  void forget_waiting() noexcept override;
  void send_together();
  void send_one_by_one();
  void queue(const std::string& name, std::span<const std::string_view> values);

  Wire& wire_;
  std::string single_;
  std::string together_;
  std::vector<Oid> types_;

  std::size_t rows_ = 0;
  std::size_t size_ = 0;
  /// An array for each parameter in PostgreSQL's binary form, but for the number of its values.
  std::vector<std::string> arrays_;
};

}  // namespace renraku::storage::postgresql
