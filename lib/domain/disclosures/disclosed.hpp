// Who is disclosed to which receiver. Private to this noun.
//
// The one place that decides it: the list, the look at one person, the file, the preview and the
// policy's relation all ask a DisclosureCase.
#pragma once

#include <optional>
#include <renraku/described/disclosure.hpp>
#include <renraku/described/evacuee.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::domain {

/// Everything that was said of one purpose towards one receiver, in whatever order.
class Said {
 public:
  /// Anything that does not grant refuses.
  void add(bool grants, const std::optional<Date>& day);

  /// Somebody agreed at some time.
  [[nodiscard]] bool is_granted() const { return !grants_.empty(); }
  /// There is a refusal that no newer consent follows. A day may be known to the month or the year:
  /// one is newer than another as far as both tell. Without a day a refusal is followed by nothing,
  /// and a consent follows nothing.
  [[nodiscard]] bool is_refused() const;

 private:
  using Days = std::vector<std::optional<Date>>;

  Days grants_;
  Days refusals_;
};

/// True where, under this rule, silence counts on that day.
[[nodiscard]] bool silence_counts(const DisclosureRule& rule, const Date& day);

/// Who receives: an organisation, or all of a kind taken together.
class Receiver {
 public:
  /// Nobody.
  Receiver() = default;
  /// One that serves nothing yet.
  Receiver(std::string municipality, OrganisationKind kind);

  /// Serves these districts too, as an organisation of the kind does that has them. None are the
  /// whole municipality for fire and police, and nothing for others.
  void serve(const std::vector<std::string>& districts);

  [[nodiscard]] const std::string& municipality() const { return municipality_; }
  [[nodiscard]] OrganisationKind kind() const { return kind_; }
  /// The kind is one that receives.
  [[nodiscard]] bool receives() const;
  [[nodiscard]] bool serves_all() const { return serves_all_; }
  /// As text::search_text folds them.
  [[nodiscard]] const std::set<std::string>& districts() const { return districts_; }

 private:
  std::string municipality_;
  OrganisationKind kind_ = OrganisationKind::clinic;
  bool serves_all_ = false;
  std::set<std::string> districts_;
};

/// What a roster entry itself has that decides.
struct EntryFacts {
  std::string municipality;
  Id<Person> person;
  /// It was not withdrawn.
  bool listed = false;
  Consent consent = Consent::unknown;
  std::optional<Date> consent_date;
  std::string district;
};
RENRAKU_DESCRIBE(EntryFacts, municipality, person, listed, consent, consent_date, district)

[[nodiscard]] EntryFacts facts_of(const Evacuee& evacuee);

/// One thing that was said of a person: what decides of a RosterConsent.
struct SaidOnce {
  Id<Person> person;
  DisclosurePurpose purpose = DisclosurePurpose::list;
  /// Absent: every kind.
  std::optional<OrganisationKind> receiver;
  RosterConsentState state = RosterConsentState::granted;
  std::optional<Date> date;
};
RENRAKU_DESCRIBE(SaidOnce, person, purpose, receiver, state, date)

/// A roster entry with everything that decides to whom it is shown.
class DisclosureCase {
 public:
  DisclosureCase(const EntryFacts& entry, std::vector<SaidOnce> said, bool is_protected);

  /// The purpose is disclosed to the receiver: it receives and serves the entry's district; the
  /// entry is on the roster and its person under no protection; what was said newest of the list
  /// does not refuse, and somebody agreed or silence counts. Plan and medical facts need all that
  /// and that of them, too, somebody agreed and nothing newer refuses.
  [[nodiscard]] bool is_shown(DisclosurePurpose purpose, const Receiver& receiver,
                              bool silence) const;

  /// The same case with the entry as it was read again. Error{damaged} for another person's.
  [[nodiscard]] DisclosureCase with(const EntryFacts& entry) const;

 private:
  [[nodiscard]] bool is_served(const Receiver& receiver) const;
  [[nodiscard]] Said said(DisclosurePurpose purpose, OrganisationKind receiver) const;

  EntryFacts entry_;
  /// The entry's district, folded.
  std::string district_;
  std::vector<SaidOnce> said_;
  bool is_protected_;
};

}  // namespace renraku::domain
