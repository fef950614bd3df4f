#include "domain/organisations/organisations.hpp"

#include <renraku/organisations.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Organisation Organisations::add(const Organisation& organisation) const {
  return state_->act(Action::organisation_add, {}, [&](access::Permit& permit) {
    return domain::add_organisation(permit, organisation);
  });
}

Page<Organisation> Organisations::list(const PageRequest& page) const {
  return state_->act(Action::organisation_list, {}, [&](access::Permit& permit) {
    return domain::list_organisations(permit, page);
  });
}

Organisation Organisations::view(const Id<Organisation>& id) const {
  return state_->act(Action::organisation_list, {id},
                     [&](access::Permit& permit) { return domain::view_organisation(permit, id); });
}

Organisation Organisations::change(const Organisation& changed) const {
  return state_->act(Action::organisation_change, {changed.id}, [&](access::Permit& permit) {
    return domain::change_organisation(permit, changed);
  });
}

}  // namespace renraku
