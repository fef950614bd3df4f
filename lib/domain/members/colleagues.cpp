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
    "SELECT m.id AS id, m.name AS name, m.profession AS profession, "
    "m.organisation AS organisation, COALESCE(o.name, '') AS organisation_name FROM member m "
    "LEFT JOIN organisation o ON o.id = m.organisation "
    "WHERE m.municipality = :municipality AND m.status = 'active' AND " +
    unless_absent("profession", "m.profession = :profession") + " AND " +
    unless_all("organisation", "m.organisation") +
    " AND (m.name, m.id) > (:after, :after_id) ORDER BY m.name, m.id";

constexpr std::size_t id_size = 36;

bool fits(const Colleague& colleague, const std::string& folded) {
  return text::fold(colleague.name).find(folded) != std::string::npos ||
         text::fold(colleague.organisation_name).find(folded) != std::string::npos;
}

}  // namespace

Page<Colleague> list_colleagues(access::Permit& permit, const ColleagueFilter& filter,
                                const PageRequest& request) {
  const bool begins = request.after.empty();
  if (!begins && request.after.size() < id_size) {
    throw Error(ErrorCode::invalid, "this is no cursor of this list; start from the beginning",
                "after");
  }
  const std::string folded = filter.text ? text::fold(*filter.text) : std::string();
  const int size = page_size(request);
  storage::Query query = permit.transaction().query(list_page);
  bind_id_filter(query, "organisation", filter.organisation);
  query.bind("municipality", permit.scope().municipality)
      .bind("profession", filter.profession)
      .bind("after_id", begins ? Uuid{} : Uuid::parse(request.after.substr(0, id_size)))
      .bind("after", begins ? std::string() : request.after.substr(id_size));
  Page<Colleague> page;
  while (static_cast<int>(page.items.size()) <= size && query.next()) {
    auto colleague = query.read<Colleague>();
    if (fits(colleague, folded)) page.items.push_back(std::move(colleague));
  }
  if (cut_page(page, size)) page.next = page.items.back().id.text() + page.items.back().name;
  for (const Colleague& colleague : page.items) permit.saw(colleague.id);
  return page;
}

}  // namespace renraku::domain
