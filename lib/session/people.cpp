#include "domain/people/people.hpp"

#include <renraku/people.hpp>

#include "domain/erasure/erasure.hpp"
#include "domain/place_grants/place_grants.hpp"
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

PlaceGrant People::grant_place(const Id<Person>& person, const Id<Member>& member,
                               const Date& until, const std::string& reason) const {
  return state_->act(Action::place_grant, {person}, [&](access::Permit& permit) {
    return domain::grant_place(permit, person, member, until, reason);
  });
}

Page<PlaceGrant> People::place_grants(const Id<Person>& person, const PageRequest& page) const {
  return state_->act(Action::protected_view, {person}, [&](access::Permit& permit) {
    return domain::list_place_grants(permit, person, page);
  });
}

PlaceGrant People::revoke_place_grant(const Id<Person>& person, const Id<PlaceGrant>& id) const {
  return state_->act(Action::place_grant, {person}, [&](access::Permit& permit) {
    return domain::revoke_place_grant(permit, person, id);
  });
}

Erasure People::erase(const Id<Person>& id, ErasureReason reason) const {
  return state_->act(Action::person_erase, {id}, [&](access::Permit& permit) {
    return domain::erase_person(permit, id, reason);
  });
}

Erasure People::erasure(const Id<Person>& id) const {
  return state_->act(Action::history_view, {id},
                     [&](access::Permit& permit) { return domain::view_erasure(permit, id); });
}

}  // namespace renraku
