// People: find, view, change, protect, and let a member see a protected place.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/erasure.hpp>
#include <renraku/records/person.hpp>
#include <renraku/records/place_grant.hpp>
#include <string>

namespace renraku {

class RENRAKU_API People {
 public:
  /// By reading, in pages; see PersonFilter for what matches what. Error{missing} for an empty
  /// filter, Error{invalid} for a birth date or phone that is none.
  [[nodiscard]] Page<Person> find(const PersonFilter& filter, const PageRequest& page = {}) const;
  [[nodiscard]] Person view(const Id<Person>& id) const;
  /// Changes everything but the protection. Where fields were withheld from the caller, the stored
  /// ones stay. Error{conflict} for a stale revision.
  Person change(const Person& changed) const;
  /// Sets, changes or lifts (absent) a protection. Whoever may set one decides on a provisional
  /// one; any other only the officers whom it names.
  Person protect(const Id<Person>& id, std::int64_t revision,
                 const std::optional<Protection>& protection) const;

  /// An officer whom the protection names lets one member of the person's care team see the place,
  /// to that day. The same officer's grant to the same member that stands is revoked.
  /// Error{invalid} (field "member") for a member who is not in the team, (field "until") for a day
  /// that is past or more than ninety days ahead; Error{missing} without a reason.
  PlaceGrant grant_place(const Id<Person>& person, const Id<Member>& member, const Date& until,
                         const std::string& reason) const;
  /// All that were ever given, in the order they were; a member to whom one was given sees the own
  /// ones alone.
  [[nodiscard]] Page<PlaceGrant> place_grants(const Id<Person>& person,
                                              const PageRequest& page = {}) const;
  /// Takes one back, at once. Any officer whom the protection names may. Error{not_found} unless it
  /// is the person's, Error{conflict} when it was revoked already.
  PlaceGrant revoke_place_grant(const Id<Person>& person, const Id<PlaceGrant>& id) const;
  /// Erases a person: every current row goes, and with the person's key what the journal's words
  /// said; that something was done, by whom and when stays, and the journal still verifies. Can't
  /// be undone. Comes back with a signed proof, which tells too which backups still hold the
  /// person. Error{not_permitted} for a protected person whose place the caller may not see;
  /// Error{conflict} (field "protection") where the person's protection covers others.
  Erasure erase(const Id<Person>& id, ErasureReason reason) const;
  /// The proof of an earlier erasure. Error{not_found}.
  [[nodiscard]] Erasure erasure(const Id<Person>& id) const;

 private:
  friend class Session;
  explicit People(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
