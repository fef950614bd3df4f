#include "domain/applications/applications.hpp"

#include <limits>
#include <renraku/described/application.hpp>

#include "access/speaking.hpp"
#include "crypto/base64.hpp"
#include "crypto/sign.hpp"
#include "domain/members/members.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

using access::Action;

const Table<Application> applications("application");
// A list of codes is kept as JSON.
const std::string list_page =
    "SELECT pk, " + storage::columns<Application>() +
    " FROM application WHERE (municipality = :municipality OR municipalities LIKE :named) "
    "AND pk < :after ORDER BY pk DESC LIMIT :size";
constexpr std::string_view count_municipality =
    "SELECT count(*) FROM municipality WHERE code = :code";

/// The service has no municipality.
bool is_service(const access::Permit& permit) {
  return permit.scope().municipality.empty();
}

Error wrong(const char* text, const char* field) {
  return {ErrorCode::invalid, text, field};
}

void need_municipalities(access::Permit& permit, const std::vector<std::string>& codes) {
  if (codes.empty()) {
    throw Error(ErrorCode::missing, "say in which municipalities it may speak", "municipalities");
  }
  for (const std::string& code : codes) {
    const auto found =
        permit.transaction().query(count_municipality).bind("code", code).optional<std::int64_t>();
    if (found.value_or(0) > 0) continue;
    throw Error(ErrorCode::not_found, "this store holds no such municipality", "municipalities");
  }
}

void need_reach(access::Permit& permit, const Application& application) {
  if (!is_service(permit)) {
    if (!application.municipalities.empty()) {
      throw wrong("an application of a municipality speaks there alone", "municipalities");
    }
    for (const Id<Member>& member : application.members) {
      static_cast<void>(find_member(permit, member));
    }
    return;
  }
  need_municipalities(permit, application.municipalities);
  if (!application.members.empty()) {
    throw Error(ErrorCode::not_permitted,
                "for which administrators and protection officers an application speaks, only "
                "their own municipality says",
                "members");
  }
}

void need_actions(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    Action action{};
    if (!enum_parse(name, action)) {
      throw wrong("the policy knows no action of this name", "actions");
    }
  }
}

}  // namespace

Application register_application(access::Permit& permit, Application application) {
  need_short_text(application.name, "name");
  if (!crypto::from_base64<crypto::PublicKey>(application.public_key)) {
    throw wrong("a public key is 32 bytes of Ed25519, as 43 characters of base64url", "public_key");
  }
  need_actions(application.actions);
  if (application.expires <= permit.now()) {
    throw wrong("an application has to expire some day after today", "expires");
  }
  need_reach(permit, application);
  application.accepted.clear();
  application.revoked = false;
  return applications.add(permit, std::move(application));
}

Page<Application> list_applications(access::Permit& permit, const PageRequest& page) {
  const std::string& own = permit.scope().municipality;
  storage::Query query = permit.transaction().query(list_page);
  query.bind("municipality", own).bind("named", "%\"" + own + "\"%");
  return page_by_key<Application>(
      query, page,
      [&] {
        auto application = query.read<Application>();
        permit.saw(application.id);
        return application;
      },
      std::numeric_limits<std::int64_t>::max());
}

Application view_application(access::Permit& permit, const Id<Application>& id) {
  auto found = access::find_application(permit.transaction(), id);
  const std::string& own = permit.scope().municipality;
  if (!found || (found->municipality != own && !access::is_registered_in(*found, own))) {
    throw Error(ErrorCode::not_found, "no such application is registered here", "id");
  }
  permit.saw(id);
  return *std::move(found);
}

Application accept_application(access::Permit& permit, const Id<Application>& id) {
  Application stored = view_application(permit, id);
  const std::string& own = permit.scope().municipality;
  if (!access::stands(stored, permit.now())) {
    throw wrong("the application was revoked or has expired; there is nothing to accept", "id");
  }
  if (access::speaks_in(stored, own)) return stored;
  Application changed = stored;
  changed.accepted.push_back(own);
  return applications.change(permit, stored, std::move(changed));
}

Application revoke_application(access::Permit& permit, const Id<Application>& id) {
  Application stored = view_application(permit, id);
  if (stored.revoked) return stored;
  Application changed = stored;
  if (stored.municipality == permit.scope().municipality) {
    changed.revoked = true;
  } else {
    std::erase(changed.municipalities, permit.scope().municipality);
    std::erase(changed.accepted, permit.scope().municipality);
  }
  return applications.change(permit, stored, std::move(changed));
}

}  // namespace renraku::domain
