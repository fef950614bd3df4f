// Notices: what a member is told.
#pragma once

#include <cstdint>
#include <renraku/described/notice.hpp>
#include <renraku/page.hpp>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::domain {

/// Within an act, for other nouns: tells everybody once but the actor, who knows. The act's own
/// entry in the journal says what happened; its notices have none of their own.
void notify(access::Permit& permit, std::vector<Id<Member>> recipients, NoticeKind kind,
            const Uuid& subject, const Id<Member>& member = {});

// Acts. Everybody has notices of one's own and sees no others.

/// Newest first.
[[nodiscard]] Page<Notice> list_notices(access::Permit& permit, const NoticeFilter& filter,
                                        const PageRequest& page);
[[nodiscard]] std::int64_t count_unread(access::Permit& permit);
/// Error{not_found} for a notice that is not the actor's. What was read stays read as of then.
Notice read_notice(access::Permit& permit, const Id<Notice>& id);

inline constexpr std::string_view notice_schema_1 = R"sql(
CREATE TABLE notice (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  recipient @bytes NOT NULL,
  kind TEXT NOT NULL,
  subject @bytes NOT NULL,
  member @bytes NOT NULL,
  actor @bytes NOT NULL,
  time BIGINT NOT NULL,
  is_read BIGINT NOT NULL CHECK (is_read IN (0, 1)),
  read_at BIGINT NOT NULL
);
CREATE INDEX notice_recipient ON notice (recipient, is_read, pk);
)sql";

}  // namespace renraku::domain
