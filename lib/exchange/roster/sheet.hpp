// A roster's columns going out as a CSV file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>
#include <renraku/records/roster.hpp>
#include <string>
#include <vector>

#include "exchange/roster/codes.hpp"
#include "exchange/roster/columns.hpp"
#include "exchange/roster/new_file.hpp"

namespace renraku::exchange::roster {

/// Writes a header and a line for each entry. The file is complete or absent.
class Sheet {
 public:
  /// The columns are those of `shown`, in the order of the canonical header. Error{exists},
  /// Error{io}, Error{invalid_argument} for another encoding than CP932 and UTF-8.
  Sheet(const std::filesystem::path& file, const std::string& encoding, std::vector<Column> shown,
        const Date& today);

  /// `withheld` leaves out what leads to the person's place. Error{disk_full}, Error{io}.
  void write(const Person& person, const Evacuee& evacuee, bool withheld = false);
  /// Puts the file in its place; what CP932 has no character for. Errors as above.
  [[nodiscard]] std::vector<UnencodableCell> finish();

 private:
  std::string cell_of(Column column, const Person& person, const Evacuee& evacuee) const;
  void write_record(const std::vector<std::string>& cells);
  void report_loss(const std::vector<std::string>& cells);

  NewFile file_;
  Codes codes_;
  std::vector<Column> shown_;
  Date today_;
  bool cp932_;
  std::int64_t line_ = 0;
  std::string record_;
  std::string buffer_;
  std::vector<UnencodableCell> unencodable_;
};

}  // namespace renraku::exchange::roster
