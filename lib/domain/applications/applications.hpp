// Vendors' applications: who may register one, and for whom it may speak at most.
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/application.hpp>

#include "access/permit.hpp"

namespace renraku::domain {

/// For the permit's municipality, or without one for the municipalities that it names. Errors as
/// Applications::register_application says.
Application register_application(access::Permit& permit, Application application);
/// The newest first.
[[nodiscard]] Page<Application> list_applications(access::Permit& permit, const PageRequest& page);
/// Error{not_found} unless it is in that list.
[[nodiscard]] Application view_application(access::Permit& permit, const Id<Application>& id);
/// From then on an application of the service speaks in the permit's municipality. Error{invalid}
/// for one that does not stand; the municipality's own, and one accepted before, stay as they are.
Application accept_application(access::Permit& permit, const Id<Application>& id);
/// Of an application of the service a municipality revokes what concerns itself.
Application revoke_application(access::Permit& permit, const Id<Application>& id);

}  // namespace renraku::domain
