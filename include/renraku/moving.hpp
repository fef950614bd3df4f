// One municipality carried from one store into another, e.g. from a vendor's big store into a
// region's, with its records, its history and its journal.
#pragma once

#include <renraku/copying.hpp>
#include <renraku/export.hpp>
#include <renraku/store.hpp>
#include <string>

namespace renraku {

struct MoveOptions {
  /// As when the first store is opened.
  StoreOptions options;
  /// As when the second one is.
  StoreOptions other;
  /// As in CopyOptions. It is called until the end, also while the municipality's members wait.
  Progress progress;
};

/// Carries a municipality (six digits) out of the store at `from` into the one at `to`, which is
/// there and may hold others, and be in use: people and roster, patients and teams, organisations,
/// members with passwords and second factors, consents and disclosures, the journal, and the keys
/// that all this is under, which are wrapped anew. Each secret opens its own store. What is of the
/// store itself does not come along: sessions (members sign in again), counts of failed sign-ins,
/// the service's administrators and applications.
///
/// Everybody goes on working meanwhile. At the end, while the rest is carried, calls of this
/// municipality's members are Error{busy} (field "moving"), for about as long as its rows are read
/// three times; then for good Error{busy} (field "moved") in the first store, which keeps the rows
/// as they were, and it is the second one's. At no moment somebody can work in both. Where nothing
/// is heard of the carrying for a minute, members go on where they were.
///
/// The journal is the same to the byte. The first store's chain of the municipality ends with an
/// entry that tells where it went; the second one signs in its own chain for where that one ends
/// and who signed it, so that its proof holds, and goes on with a chain of its own. A municipality
/// can come back: then what the first store has of it is brought up to date.
///
/// A call that was ended is gone on with by the same call. Errors: those of Store::open;
/// invalid (field "municipality") for what is no code; not_found (field "municipality");
/// invalid_argument (field "to") for the same store twice; exists (field "municipality") where the
/// second store has it already; conflict (field "municipality") where it is in the first one no
/// more, or not yet, or the second one knows of it what the first does not; busy (field "rotation")
/// while its keys are made anew; busy (field "moving") where another process took over; damaged
/// (field "journal") where the first store's journal does not prove; cancelled; disk_full.
RENRAKU_API CopyReport copy_municipality(const std::string& from, const Secret& secret,
                                         const std::string& to, const Secret& to_secret,
                                         const std::string& municipality,
                                         const MoveOptions& options = {});

/// Holds what two stores have of a municipality against each other, row by row, as compare_stores
/// does; the proofs are of the whole journals. Errors: those of Store::open, not_found (field
/// "municipality") where the first one never had it, cancelled.
[[nodiscard]] RENRAKU_API StoreComparison compare_municipality(
    const std::string& one, const Secret& secret, const std::string& other,
    const Secret& other_secret, const std::string& municipality, const MoveOptions& options = {});

/// Lets a municipality's members work again in this store, which they were moved out of, with what
/// was here then: for when the store that they were moved to is lost for good, also where it was
/// lost between the two halves of the move. What they did there is lost with it. The journal says
/// so, in the municipality's chain.
///
/// Nobody asks the other store: where it is still there, people work in both, and neither can be
/// carried into the other (Error{exists}). Error{not_found} for a code that the store does not
/// know, Error{conflict} where the municipality was not moved out of it (both field
/// "municipality").
RENRAKU_API void take_back_municipality(Store& store, const std::string& municipality);

}  // namespace renraku
