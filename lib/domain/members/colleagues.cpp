#include <fmt/format.h>

#include <renraku/described/account.hpp>

#include "domain/absent.hpp"
#include "domain/members/members.hpp"
#include "domain/paging.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

// A municipality has some thousands of members at most, and folding is not SQL's: the text is
// compared here, the rest there.
const std::string list_page =
    "SELECT m.id AS id, m.revision AS revision, m.municipality AS municipality, m.name AS name, "
    "m.profession AS profession, m.organisation AS organisation, m.name_sort AS sort, " +
    storage::identity("o") +
    ", o.name AS organisation_name FROM member m "
    "LEFT JOIN organisation o ON o.id = m.organisation "
    "WHERE m.municipality = :municipality AND m.status = 'active' AND " +
    unless_absent("profession", "m.profession = :profession") + " AND " +
    unless_all("organisation", "m.organisation = :organisation") +
    " AND (m.name_sort, m.id) > (:after, :after_id) ORDER BY m.name_sort, m.id";

Colleague read_colleague(storage::Query& query) {
  return {query.read<Id<Member>>("id"), query.read<std::string>("name"),
          query.read<Profession>("profession"), query.read<Id<Organisation>>("organisation"),
          query.read<std::optional<std::string>>("organisation_name").value_or(std::string())};
}

bool fits(const Colleague& colleague, const std::string& folded) {
  return text::fold(colleague.name).find(folded) != std::string::npos ||
         text::fold(colleague.organisation_name).find(folded) != std::string::npos;
}

}  // namespace

Page<Colleague> list_colleagues(access::Permit& permit, const ColleagueFilter& filter,
                                const PageRequest& request) {
  const std::string folded = filter.text ? text::fold(*filter.text) : std::string();
  storage::Query query = permit.transaction().query(list_page);
  bind_id_filter(query, "organisation", filter.organisation);
  query.bind("municipality", permit.scope().municipality).bind("profession", filter.profession);
  auto page = page_by_sort<Colleague>(query, request, [&] {
    std::optional<Colleague> colleague = read_colleague(query);
    if (!fits(*colleague, folded)) colleague.reset();
    return colleague;
  });
  for (const Colleague& colleague : page.items) permit.saw(colleague.id);
  return page;
}

}  // namespace renraku::domain
