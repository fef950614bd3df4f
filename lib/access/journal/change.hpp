// What an act changed, as the journal keeps it: derived from the records' descriptions.
#pragma once

#include <renraku/described/journal.hpp>
#include <renraku/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/journal/entry.hpp"
#include "storage/row.hpp"

namespace renraku::access {

/// Collects the changed records of one entry. Written down as JSON at once: a list for each record,
/// in the order of `records`, and in it for each field [name, before, after], or [name, after]
/// where the record is new. An import writes one a row: what the entry says elsewhere is not said
/// again.
class Changes {
 public:
  /// A record that is new: every field that is not at its default.
  template <DescribedRecord Record>
  void added(std::string_view kind, const Record& record) {
    compare(kind, Record{}, record, 0);
  }

  /// A record that was changed: the fields that differ. `before.revision` is the parent revision.
  template <DescribedRecord Record>
  void changed(std::string_view kind, const Record& before, const Record& after) {
    compare(kind, before, after, before.revision);
  }

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] const std::vector<ChangedRecord>& records() const { return records_; }
  [[nodiscard]] std::string json() const { return "[" + fields_ + "]"; }

 private:
  template <DescribedRecord Record>
  void compare(std::string_view kind, const Record& before, const Record& after,
               std::int64_t parent_revision) {
    if (!records_.empty()) fields_ += ',';
    records_.push_back({std::string(kind), after.id, parent_revision});
    fields_ += '[';
    storage::for_each_column<Record>([&](auto field) {
      if (field.name == "id" || field.name == "revision") return;
      const auto& was = before.*field.pointer;
      const auto& is = after.*field.pointer;
      if (was == is) return;
      if (fields_.back() != '[') fields_ += ',';
      fields_ += '[';
      write_json(fields_, field.name);
      fields_ += ',';
      if (parent_revision != 0) {
        write_json(fields_, was);
        fields_ += ',';
      }
      write_json(fields_, is);
      fields_ += ']';
    });
    fields_ += ']';
  }

  std::vector<ChangedRecord> records_;
  std::string fields_;
};

/// The fields of the JSON above, with the records that they are of. Error{damaged} for anything
/// else.
[[nodiscard]] std::vector<FieldChange> read_changes(std::string_view json,
                                                    const std::vector<ChangedRecord>& records);

}  // namespace renraku::access
