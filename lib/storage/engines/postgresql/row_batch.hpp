// Rows of one INSERT that follow one another go out together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// What starting a statement costs the server is paid once for `rows_together` rows. Rows wait here
/// until so many came; fewer go one by one when the connection is to do anything else. Of one
/// statement.
class RowBatch : private Wire::Waiting {
 public:
  static constexpr std::size_t rows_together = 32;

  /// The INSERT of so many rows made of one row's, with numbered parameters; none for a statement
  /// that is no such INSERT, or whose rows may not come together.
  [[nodiscard]] static std::optional<std::string> text_together(std::string_view sql,
                                                                std::size_t parameters);

  /// Outlives the transaction whose rows wait in it. `single` is the prepared statement of one row,
  /// `types` are its parameters'.
  RowBatch(Wire& wire, std::string single, std::string together, std::vector<Oid> types)
      : wire_(wire),
        single_(std::move(single)),
        together_(std::move(together)),
        types_(std::move(types)) {}
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
  /// The values of rows from one on.
  void send(const char* name, std::size_t from, std::size_t count);

  Wire& wire_;
  std::string single_;
  std::string together_;
  std::vector<Oid> types_;
  std::string prepared_;

  std::size_t rows_ = 0;
  std::string contents_;
  /// Of each value; nothing for NULL.
  std::vector<std::optional<std::size_t>> begins_;
  std::vector<int> sizes_;
  std::vector<int> formats_;
};

}  // namespace renraku::storage::postgresql
