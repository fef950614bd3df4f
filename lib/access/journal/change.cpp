#include "access/journal/change.hpp"

namespace renraku::access {

void Changes::add_field(const ChangedRecord& record, std::string_view field,
                        const std::string& before, const std::string& after) {
  if (!fields_.empty()) fields_ += ',';
  write_json(fields_, FieldChange{record.kind, record.id, record.parent_revision,
                                  std::string(field), before, after});
}

}  // namespace renraku::access
