#include "domain/organisations/organisations.hpp"

#include <renraku/described/organisation.hpp>

#include "domain/table.hpp"
#include "domain/text_rule.hpp"
#include "text/fold.hpp"
#include "text/kana.hpp"

namespace renraku::domain {
namespace {

const Table<Organisation> organisations("organisation", {"sort", "name_key", "has_districts"});
constexpr std::string_view perhaps_so_named =
    "SELECT id, revision, municipality, name FROM organisation WHERE municipality = :municipality "
    "AND (name_key = :name_key OR name_key IS NULL)";
constexpr std::string_view forget_districts =
    "DELETE FROM served_district WHERE organisation = :organisation";
constexpr std::string_view add_district =
    "INSERT INTO served_district (organisation, district_key) VALUES (:organisation, "
    ":district_key) ON CONFLICT DO NOTHING";

std::string name_key(std::string_view name) {
  return text::fold(name, text::Spaces::none);
}

void bind_own(storage::MadeRow& row, const Organisation& organisation) {
  row.bind("sort", crypto::view_of(organisation.kana))
      .bind("name_key", storage::Keyed(organisation.municipality, name_key(organisation.name)))
      .bind("has_districts", !organisation.districts.empty());
}

// Districts as the roster's are compared, so that they are found by the engine.
Organisation with_districts(access::Permit& permit, Organisation organisation) {
  permit.transaction().query(forget_districts).bind("organisation", organisation.id).run();
  for (const std::string& district : organisation.districts) {
    const std::string key = text::search_text(district);
    if (key.empty()) continue;
    permit.transaction()
        .query(add_district)
        .bind("organisation", organisation.id)
        .bind("district_key", storage::Keyed(organisation.municipality, key))
        .run();
  }
  return organisation;
}

Organisation checked(Organisation organisation) {
  need_short_text(organisation.name, "name");
  organisation.kana = text::to_katakana(organisation.kana);
  return organisation;
}

}  // namespace

Organisation add_organisation(access::Permit& permit, Organisation organisation) {
  return with_districts(permit,
                        organisations.add(permit, checked(std::move(organisation)), bind_own));
}

Page<Organisation> list_organisations(access::Permit& permit, const PageRequest& page) {
  return organisations.list(permit, page);
}

Organisation view_organisation(access::Permit& permit, const Id<Organisation>& id) {
  permit.saw(id);
  return organisations.load(permit, id);
}

std::optional<Id<Organisation>> find_organisation_by_name(access::Permit& permit,
                                                          std::string_view name) {
  const std::string wanted = name_key(name);
  const std::string& municipality = permit.scope().municipality;
  std::optional<Id<Organisation>> found;
  storage::Query perhaps = permit.transaction().query(perhaps_so_named);
  perhaps.bind("municipality", municipality).bind("name_key", storage::Keyed(municipality, wanted));
  while (perhaps.next()) {
    if (name_key(perhaps.read<std::string>("name")) != wanted) continue;
    if (found) return std::nullopt;
    found = perhaps.read<Id<Organisation>>("id");
  }
  return found;
}

Organisation change_organisation(access::Permit& permit, Organisation changed) {
  const Organisation stored = organisations.load(permit, changed.id);
  return with_districts(
      permit, organisations.change(permit, stored, checked(std::move(changed)), bind_own));
}

}  // namespace renraku::domain
