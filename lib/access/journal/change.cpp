#include "access/journal/change.hpp"

#include <boost/json.hpp>

namespace renraku::access {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse() {
  throw Error(ErrorCode::damaged, "the changed fields of a journal entry are not in their form");
}

const json::array& list_of(const json::value& value) {
  if (!value.is_array()) refuse();
  return value.get_array();
}

FieldChange change_of(const ChangedRecord& record, const json::array& parts) {
  const bool is_new = record.parent_revision == 0;
  if (parts.size() != (is_new ? 2 : 3) || !parts[0].is_string()) refuse();
  return {record.kind,
          record.id,
          record.parent_revision,
          std::string(parts[0].get_string()),
          is_new ? "null" : json::serialize(parts[1]),
          json::serialize(parts.back())};
}

}  // namespace

std::vector<FieldChange> read_changes(std::string_view text,
                                      const std::vector<ChangedRecord>& records) {
  boost::system::error_code wrong;
  const json::value parsed = json::parse({text.data(), text.size()}, wrong);
  if (wrong) refuse();
  const json::array& lists = list_of(parsed);
  if (lists.size() != records.size()) refuse();
  std::vector<FieldChange> changes;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const json::value& field : list_of(lists[i])) {
      changes.push_back(change_of(records[i], list_of(field)));
    }
  }
  return changes;
}

}  // namespace renraku::access
