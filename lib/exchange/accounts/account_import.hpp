// Accounts from a CSV file.
#pragma once

#include <filesystem>
#include <optional>
#include <renraku/records/account.hpp>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "crypto/argon2.hpp"
#include "exchange/roster/row_source.hpp"

namespace renraku::exchange {

/// One file's way in: read when made, checked in one act, its passwords hashed outside of any, and
/// written in another.
class AccountImport {
 public:
  /// The largest office has some hundreds of people; what is longer is no list of accounts.
  static constexpr std::int64_t rows_max = 5'000;

  /// Reads the file. Error{missing} for a needed column that is not there, Error{too_large}, and
  /// what open_csv_file throws.
  AccountImport(const std::filesystem::path& file, const AccountImportOptions& options);

  /// Rejects what can't become an account; afterwards `report` tells what `write` would do.
  void check(access::Permit& permit);
  /// Makes a password for each row that brought none, and hashes those that are not hashed.
  void hash_passwords(const crypto::Argon2Cost& cost);
  /// What became impossible since `check` is rejected too.
  void write(access::Permit& permit);

  [[nodiscard]] const AccountImportReport& report() const { return report_; }

 private:
  struct Row {
    std::int64_t line = 0;
    NewMember member;
    std::string organisation_name;
    std::string hash;
    bool is_legacy = false;
  };
  enum class AccountColumn { login, name, profession, role, organisation, password, hash };
  static constexpr std::size_t column_count = 7;

  void read_header(roster::RowSource& source);
  [[nodiscard]] std::optional<Row> read_row(const roster::RawRow& raw);
  [[nodiscard]] std::string cell(const roster::RawRow& raw, AccountColumn column) const;
  void reject(std::int64_t line, std::string_view column, std::string_view reason);
  [[nodiscard]] bool is_possible(access::Permit& permit, Row& row);
  void keep_possible(access::Permit& permit);

  std::array<std::optional<std::size_t>, column_count> places_{};
  std::vector<Row> rows_;
  AccountImportReport report_;
};

}  // namespace renraku::exchange
