#include "domain/organisations/organisations.hpp"

#include <renraku/described/organisation.hpp>

#include "domain/table.hpp"
#include "domain/text_rule.hpp"
#include "text/kana.hpp"

namespace renraku::domain {
namespace {

const Table<Organisation> organisations("organisation");

Organisation checked(Organisation organisation) {
  need_short_text(organisation.name, "name");
  organisation.kana = text::to_katakana(organisation.kana);
  return organisation;
}

}  // namespace

Organisation add_organisation(access::Permit& permit, Organisation organisation) {
  return organisations.add(permit, checked(std::move(organisation)));
}

Page<Organisation> list_organisations(access::Permit& permit, const PageRequest& page) {
  return organisations.list(permit, &Organisation::kana, page);
}

Organisation view_organisation(access::Permit& permit, const Id<Organisation>& id) {
  permit.saw(id);
  return organisations.load(permit, id);
}

Organisation change_organisation(access::Permit& permit, Organisation changed) {
  const Organisation stored = organisations.load(permit, changed.id);
  return organisations.change(permit, stored, checked(std::move(changed)));
}

}  // namespace renraku::domain
