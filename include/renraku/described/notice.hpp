#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/member.hpp>
#include <renraku/records/notice.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(NoticeKind, team_joined, team_left, team_ended, team_asked, team_declined,
                      consent_recorded, consent_withdrawn, patient_closed)
RENRAKU_DESCRIBE(Notice, id, revision, municipality, recipient, kind, subject, member, actor, time,
                 is_read, read_at)
RENRAKU_DESCRIBE(NoticeFilter, unread)

}  // namespace renraku
