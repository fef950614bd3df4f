// What decides about disclosure, as it is read: receivers, entries, what was said of them. Private
// to this noun.
//
// Entries are read from where they are kept, everything else from what is vouched for, each in
// statements of its own. The facts of an entry come from the row whose sealed district is opened
// with them, so that none of them can be another's.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "domain/disclosures/disclosed.hpp"

namespace renraku::domain {

/// Nobody for an id that is no organisation of the municipality.
[[nodiscard]] Receiver find_receiver(storage::Transaction& transaction,
                                     const Id<Organisation>& organisation,
                                     std::string_view municipality);

struct ReceiversOfKind {
  Receiver receiver;
  std::int64_t organisations = 0;
};
/// All of the municipality, of every kind that receives, in the order of receiver_kinds.
[[nodiscard]] std::vector<ReceiversOfKind> receivers_by_kind(access::Permit& permit);

/// True where silence counts today.
[[nodiscard]] bool is_silence_enough(storage::Transaction& transaction,
                                     std::string_view municipality, const Date& today);

/// What was said of some people.
class SaidOfPeople {
 public:
  SaidOfPeople(storage::Transaction& transaction, std::span<const Uuid> people);
  /// The case of an entry of one of them.
  [[nodiscard]] DisclosureCase case_of(const EntryFacts& entry, bool is_protected) const;

 private:
  std::map<Uuid, std::vector<SaidOnce>> said_;
};

struct FoundCase {
  Id<Evacuee> entry;
  DisclosureCase found;
};
/// The case of the person's entry; none for who has none in the municipality.
[[nodiscard]] std::optional<FoundCase> find_case(storage::Transaction& transaction,
                                                 const Uuid& person, std::string_view municipality,
                                                 const Date& today);

using VisitCase = std::function<void(const Id<Evacuee>& entry, const DisclosureCase& found)>;
/// Shows `visit`, which may ask the store anything, every entry on the municipality's roster, in
/// the order they came to it.
void each_case(access::Permit& permit, const VisitCase& visit);

}  // namespace renraku::domain
