#include "domain/history/history.hpp"

#include <array>

#include "access/journal/reading.hpp"
#include "domain/evacuees/evacuees.hpp"
#include "domain/people/people.hpp"

namespace renraku::domain {
namespace {

bool is_hidden(access::Permit& permit, const Uuid& subject) {
  try {
    return load_person(permit, Id<Person>(subject)).hidden;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) return false;  // a member or the municipality
    throw;
  }
}

void leave_out_places(std::vector<FieldChange>& changes) {
  std::erase_if(changes, [](const FieldChange& change) {
    if (change.field == "protection") return true;
    return (change.record_kind == "person" && tells_place<Person>(change.field)) ||
           (change.record_kind == "evacuee" && tells_place<Evacuee>(change.field));
  });
}

}  // namespace

Page<JournalEntry> view_history(access::Permit& permit, const Uuid& subject,
                                const PageRequest& request) {
  const bool hidden = is_hidden(permit, subject);
  permit.saw(subject);
  Page<JournalEntry> page = access::list_changes(permit, subject, request);
  if (hidden) {
    for (JournalEntry& entry : page.items) leave_out_places(entry.changes);
  }
  return page;
}

}  // namespace renraku::domain
