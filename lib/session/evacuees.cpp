#include "domain/evacuees/evacuees.hpp"

#include <renraku/evacuees.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Page<EvacueeLine> Evacuees::list(const EvacueeFilter& filter, const PageRequest& page) const {
  return state_->act(Action::evacuee_list, {}, [&](access::Permit& permit) {
    return domain::list_evacuees(permit, filter, page);
  });
}

Evacuee Evacuees::add(const Person& person, const Evacuee& evacuee) const {
  return state_->act(Action::evacuee_add, {}, [&](access::Permit& permit) {
    return domain::add_evacuee(permit, person, evacuee);
  });
}

Evacuee Evacuees::view(const Id<Evacuee>& id) const {
  return state_->act(Action::evacuee_view, {},
                     [&](access::Permit& permit) { return domain::view_evacuee(permit, id); });
}

Evacuee Evacuees::change(const Evacuee& changed) const {
  return state_->act(Action::evacuee_change, {}, [&](access::Permit& permit) {
    return domain::change_evacuee(permit, changed);
  });
}

}  // namespace renraku
