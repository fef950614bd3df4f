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

/// Collects the changed records of one entry. Written down as JSON at once:
/// [{"record_kind":…,"record":…,"parent_revision":…,"field":…,"before":…,"after":…},…], where
/// before and after are the field's own JSON as text.
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
    records_.push_back({std::string(kind), after.id, parent_revision});
    storage::for_each_column<Record>([&](auto field) {
      if (field.name == "id" || field.name == "revision") return;
      const auto& was = before.*field.pointer;
      const auto& is = after.*field.pointer;
      if (was == is) return;
      add_field(records_.back(), field.name, parent_revision == 0 ? "null" : to_json(was),
                to_json(is));
    });
  }

  void add_field(const ChangedRecord& record, std::string_view field, const std::string& before,
                 const std::string& after);

  std::vector<ChangedRecord> records_;
  std::string fields_;
};

}  // namespace renraku::access
