// Who may see the roster of the session's municipality before a disaster, and what was handed out.
#pragma once

#include <filesystem>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/disclosure.hpp>
#include <renraku/roster.hpp>
#include <string>

namespace renraku {

/// A receiver (避難支援等関係者) is an organisation of a kind that receives; its members with the
/// role `receiver` see the people of its districts (see Organisation::districts) whom the policy in
/// force shows to it, and nobody else. Whoever is under protection, or was taken off the roster, is
/// shown to no receiver, is found by none and counted for none.
class RENRAKU_API Disclosures {
 public:
  // What people said. For roster officers.

  /// Adds to a person's history. Error{not_found} for a person who is not here, Error{invalid} for
  /// a receiver of a kind that receives nothing, or a date after today.
  RosterConsent record_consent(const RosterConsent& consent) const;
  /// What was recorded of a person, newest first. The consent of a file stands with the evacuee.
  [[nodiscard]] Page<RosterConsent> consents(const Id<Person>& person,
                                             const PageRequest& page = {}) const;

  // On what ground it is shown. Proposing and deciding need a fresh proof of who the officer is.

  /// The rules, newest first.
  [[nodiscard]] Page<DisclosureRule> rules(const PageRequest& page = {}) const;
  /// What `rule` would change, a line for each kind of receiver; names nobody. Error{missing} and
  /// Error{invalid} for a rule that could not be proposed. One page.
  [[nodiscard]] Page<DisclosurePreview> preview(const DisclosureRule& rule) const;
  /// Error{missing} without what the rule's kind needs, Error{invalid} for a deadline before the
  /// notice.
  DisclosureRule propose(const DisclosureRule& rule) const;
  /// Another officer adopts or declines it. Error{not_permitted} for the one who proposed it,
  /// Error{conflict} for a stale revision or a rule that is decided.
  DisclosureRule decide(const Id<DisclosureRule>& id, std::int64_t revision, bool adopt) const;

  // What was handed out. For roster officers.

  /// Writes a CSV file (the roster's columns) of the people disclosed to that receiver for that
  /// purpose today: with `plan` and `medical` only those who agreed to it. It is recorded first: a
  /// file without a record is never there; a record whose file could not be put in its place
  /// (Error{io}, Error{disk_full}) is. Error{exists} when the file is there already,
  /// Error{not_found} for an organisation that is not here, Error{invalid} for one that receives
  /// nothing, Error{cancelled}. Needs a fresh proof of who the officer is.
  DisclosureReport make(const Id<Organisation>& receiver, DisclosurePurpose purpose,
                        const std::filesystem::path& file, const DisclosureOptions& options = {},
                        const Progress& progress = {}) const;
  /// Newest first.
  [[nodiscard]] Page<Disclosure> list(const DisclosureFilter& filter = {},
                                      const PageRequest& page = {}) const;
  /// Who took it, and when. Error{missing} without a name, Error{invalid} for a day after today,
  /// Error{conflict} for a stale revision.
  Disclosure record_receipt(const Id<Disclosure>& id, std::int64_t revision,
                            const std::string& received_by, const Date& received_on) const;
  /// It came back or was destroyed. Errors as above.
  Disclosure record_return(const Id<Disclosure>& id, std::int64_t revision,
                           const Date& returned_on) const;

  // For members of a receiver.

  /// Whom the own organisation may see, by reading, in pages.
  [[nodiscard]] Page<DisclosedLine> visible(const DisclosedFilter& filter = {},
                                            const PageRequest& page = {}) const;
  /// Error{not_permitted} for everybody else, known here or not.
  [[nodiscard]] DisclosedEvacuee view(const Id<Person>& person) const;

 private:
  friend class Session;
  explicit Disclosures(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
