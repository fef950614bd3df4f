// What a member is told, e.g. that somebody joined a team.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

/// `subject`, `member` and `actor` of the notice say of what and whom it speaks.
enum class NoticeKind {
  team_joined,        ///< the member is in the patient's team now, or has another place in it
  team_left,          ///< the member left the patient's team
  team_ended,         ///< the actor ended the member's place in the patient's team
  team_asked,         ///< the actor asks that the member joins the patient's team
  team_declined,      ///< the actor declined that the member joins the patient's team
  consent_recorded,   ///< the actor recorded a consent of the patient
  consent_withdrawn,  ///< the actor recorded that the patient withdrew a consent
  patient_closed,     ///< the care of the patient ended
};

/// A notice for one member. It holds no personal data: ids and kinds, of which a page makes the
/// sentence with what its reader may see.
struct Notice {
  Id<Notice> id;
  std::int64_t revision = 0;
  std::string municipality;
  /// For whom.
  Id<Member> recipient;
  NoticeKind kind = NoticeKind::team_joined;
  /// The record it is about, e.g. a patient.
  Uuid subject;
  /// The member it is about; none where it is about none.
  Id<Member> member;
  /// Who did it.
  Id<Member> actor;
  Instant time;
  bool is_read = false;
  /// The epoch while unread.
  Instant read_at;
};

/// Which notices.
struct NoticeFilter {
  /// Those not read yet alone.
  bool unread = false;
};

}  // namespace renraku
