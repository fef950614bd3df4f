#include "domain/notices/notices.hpp"

#include <algorithm>
#include <limits>

#include "domain/paging.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<Notice> notices("notice");
const std::string list_own =
    "SELECT pk, " + storage::columns<Notice>() +
    " FROM notice WHERE recipient = :recipient AND is_read <= :most_read AND pk < :after "
    "ORDER BY pk DESC LIMIT :size";
constexpr std::string_view count_own =
    "SELECT count(*) FROM notice WHERE recipient = :recipient AND is_read = 0";

}  // namespace

void notify(access::Permit& permit, std::vector<Id<Member>> recipients, NoticeKind kind,
            const Uuid& subject, const Id<Member>& member) {
  std::ranges::sort(recipients);
  const auto [first, last] = std::ranges::unique(recipients);
  recipients.erase(first, last);
  std::erase(recipients, permit.actor().member);
  if (recipients.empty()) return;
  storage::RowKeys keys = notices.keys(permit);
  for (const Id<Member>& recipient : recipients) {
    Notice notice;
    notice.recipient = recipient;
    notice.kind = kind;
    notice.subject = subject;
    notice.member = member;
    notice.actor = permit.actor().member;
    notice.time = permit.now();
    notices.insert(permit, keys.next(), std::move(notice));
  }
}

Page<Notice> list_notices(access::Permit& permit, const NoticeFilter& filter,
                          const PageRequest& request) {
  storage::Query query = permit.transaction().query(list_own);
  query.bind("recipient", permit.actor().member).bind("most_read", filter.unread ? 0 : 1);
  return page_by_key<Notice>(
      query, request,
      [&] {
        auto notice = query.read<Notice>();
        permit.saw(notice.id);
        return notice;
      },
      std::numeric_limits<std::int64_t>::max());
}

std::int64_t count_unread(access::Permit& permit) {
  return permit.transaction()
      .query(count_own)
      .bind("recipient", permit.actor().member)
      .optional<std::int64_t>()
      .value_or(0);
}

Notice read_notice(access::Permit& permit, const Id<Notice>& id) {
  const Notice stored = notices.load(permit, id);
  if (stored.recipient != permit.actor().member) {
    throw Error(ErrorCode::not_found, "there is no such notice in this municipality", "notice");
  }
  permit.saw(id);
  if (stored.is_read) return stored;
  Notice read = stored;
  read.is_read = true;
  read.read_at = permit.now();
  return notices.update(permit, stored, std::move(read));
}

}  // namespace renraku::domain
