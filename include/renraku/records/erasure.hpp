// The erasure of a person, and what proves it.
#pragma once

#include <renraku/records/member.hpp>
#include <renraku/records/person.hpp>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

/// Why; in free text a person would be described whom the store shall know no more.
enum class ErasureReason {
  request,         ///< the person, or who speaks for the person, asked for it
  retention_over,  ///< the time for which records are kept is over
  mistake,         ///< entered by mistake
  other,
};

/// What is left of a person who was erased. It tells nobody who that was.
struct Erasure {
  Id<Person> person;
  Instant at;
  /// None where a restored store erased again whom its old store had erased.
  Id<Member> erased_by;
  ErasureReason reason = ErasureReason::request;
  /// What is signed: lines of text that say the store, the municipality, the person, when, by whom
  /// and why; the last entry of the municipality's chain before the erasure; and a line for each
  /// backup that still holds the person, with the day until which it is kept, as far as known.
  std::string proof;
  /// Ed25519 public key and signature (RFC 8032) of the journal's signer, in base64url (RFC 4648).
  std::string signer;
  std::string signature;
};

}  // namespace renraku
