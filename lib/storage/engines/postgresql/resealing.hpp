// Rows sealed again under a newer key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/engines/postgresql/link.hpp"
#include "storage/engines/postgresql/table_seal.hpp"
#include "storage/row_sealing.hpp"

namespace renraku::storage::postgresql {

/// What lies under which key the sealed values themselves say, by the number that leads them: a
/// walk that was ended begins again with those that are left. The vouched rows are the store's own.
class Resealing final : public RowSealing {
 public:
  /// `link` outlives it.
  explicit Resealing(Link& link) : link_(link) {}

  std::int64_t begin_key(std::string_view municipality) override;
  std::int64_t seal_again(std::string_view municipality, SealedUpTo& place, int limit) override;
  std::int64_t count_under_others(std::string_view municipality) override;
  std::int64_t server_time() override;
  bool has_readers_since_before(std::int64_t server_time) override;
  void drop_others(std::string_view municipality) override;

 private:
  /// A table of the server's that has sealed columns.
  struct SealedTable {
    explicit SealedTable(TableSeal its_seal) : seal(std::move(its_seal)) {}

    std::string name;
    TableSeal seal;
    /// How many columns tell its rows apart, and which of them is the municipality.
    int identity = 0;
    std::optional<int> municipality;
    /// Of what is sealed together.
    bool has_carrier = false;
    /// The names of its ordered columns.
    std::vector<std::string> ordered;
    /// Prepared statements.
    std::string find;
    std::string count;
    std::string update;
  };

  [[nodiscard]] std::vector<SealedTable>& tables();
  [[nodiscard]] std::optional<SealedTable> planned(const Table& table);
  void prepare(SealedTable& table, const std::string& key, const std::string& identity,
               const std::vector<std::string>& columns);
  [[nodiscard]] std::string prepared(const std::string& sql);
  /// The parameters of a question for a municipality's rows that are under other keys.
  [[nodiscard]] std::vector<std::string> under_others(std::string_view municipality,
                                                      std::int64_t from);

  std::int64_t seal_rows(SealedTable& table, std::string_view municipality, std::int64_t& next_key,
                         int limit);
  void seal_row(SealedTable& table, const PGresult* rows, int row);
  std::int64_t seal_vouched(std::size_t table, std::int64_t& next_key, int limit);

  Link& link_;
  std::optional<std::vector<SealedTable>> tables_;
};

}  // namespace renraku::storage::postgresql
