// Keys made anew, a municipality at a time, while work goes on.
//
// Under the store key (see Store::reencrypt for that one) each municipality has keys of its own:
// what the journal keeps of changes, and what secrets of second factors are sealed under; with a
// key for each person, so that erasing somebody destroys what the journal says of that person; and
// in a store on a server those of all rows. A rotation limits how much lies under one key, and what
// is told by one that became known: nothing that was written after it.
#pragma once

#include <renraku/export.hpp>
#include <renraku/records/rotation.hpp>
#include <renraku/roster.hpp>
#include <renraku/store.hpp>
#include <string>

namespace renraku {

/// Makes the keys of a municipality anew, or with an empty code those of what is the store's own
/// (service administrators' second factors; on a server also who may see what, and its own chain of
/// the journal). From the beginning of the call on everything is written under the new keys, by
/// whatever process. Then, in small parts between which others write, and while they read:
///  - keys of people and secrets of second factors are taken over to the new key;
///  - on a server all rows are sealed again, and the older keys of rows are destroyed when nobody
///    reads any more what was there before.
/// What the journal says can't be sealed again, for its chain is made over it: the older keys of
/// the municipality and of people are kept, wrapped, for reading alone. Erasing a person destroys
/// all keys of that person. What values are found by on a server (docs/security.md) keeps its key.
///
/// `progress` is told how many parts are done, and again in place of bytes, and how many there are.
/// Returning false ends the call with Error{cancelled}. However a call was ended, the next one for
/// the municipality goes on with it. Errors: not_found (field "municipality"); busy (field
/// "readers") where somebody has been reading for a minute, of a copy or a long list: then only
/// the older keys' end is missing, and the next call does that; conflict where another process was
/// faster and began the next rotation; cancelled.
RENRAKU_API KeyRotation rotate_keys(Store& store, const std::string& municipality,
                                    const Progress& progress = {});

}  // namespace renraku
