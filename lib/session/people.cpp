#include "domain/people/people.hpp"

#include <renraku/people.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Page<Person> People::find(const PersonFilter& filter, const PageRequest& page) const {
  return state_->act(Action::person_find, {}, [&](access::Permit& permit) {
    return domain::find_people(permit, filter, page);
  });
}

Person People::view(const Id<Person>& id) const {
  return state_->act(Action::person_view, {id},
                     [&](access::Permit& permit) { return domain::view_person(permit, id); });
}

Person People::change(const Person& changed) const {
  return state_->act(Action::person_change, {changed.id}, [&](access::Permit& permit) {
    return domain::change_person(permit, changed);
  });
}

Person People::protect(const Id<Person>& id, std::int64_t revision,
                       const std::optional<Protection>& protection) const {
  return state_->act(Action::protection_set, {id}, [&](access::Permit& permit) {
    return domain::set_protection(permit, id, revision, protection);
  });
}

}  // namespace renraku
