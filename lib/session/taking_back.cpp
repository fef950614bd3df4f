// A municipality whose new store is lost is at home again where it was.
#include <renraku/moving.hpp>

#include "access/moving.hpp"
#include "session/store_state.hpp"

namespace renraku {

void take_back_municipality(Store& store, const std::string& municipality) {
  StoreAccess::state(store).act({}, access::Action::store_copy, {}, [&](access::Permit& permit) {
    access::take_back(permit, municipality);
  });
}

}  // namespace renraku
