#include "witness.hpp"

#include <renraku/witness.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "store.hpp"

struct renraku_head_list {
  std::vector<renraku::SignedHead> heads;
};
struct renraku_removal_list {
  std::vector<renraku::SignedRemoval> removals;
};

namespace renraku::capi {
namespace {

JournalSigner host_signer(const renraku_journal_signer& given, std::string_view argument) {
  JournalSigner signer;
  need(given.public_key, argument);
  if (!given.sign || given.public_key_size != signer.public_key.size()) {
    refuse_argument("needs a file, or a public key of 32 bytes and `sign`", argument);
  }
  std::copy_n(given.public_key, signer.public_key.size(), signer.public_key.begin());
  signer.sign = [sign = given.sign, user = given.user](std::span<const std::uint8_t> message) {
    std::array<std::uint8_t, 64> signature{};
    if (sign(user, message.data(), message.size(), signature.data()) != 0) {
      throw Error(ErrorCode::io, "the host's signer did not sign the journal's head",
                  "journal_signer");
    }
    return signature;
  };
  return signer;
}

template <class Record>
std::vector<const CStruct<Record>*> shown_in_c(const std::vector<Record>& records, Arena& arena) {
  std::vector<const CStruct<Record>*> shown;
  shown.reserve(records.size());
  for (const Record& record : records) shown.push_back(to_c(record, arena));
  return shown;
}

Witness host_witness(const renraku_witness& given) {
  Witness witness;
  if (given.record) {
    witness.record = [record = given.record,
                      user = given.user](const std::vector<SignedHead>& heads) {
      Arena arena;
      const auto shown = shown_in_c(heads, arena);
      if (record(user, shown.data(), shown.size()) != 0) {
        throw Error(ErrorCode::io, "the host's witness did not keep the heads", "witness");
      }
    };
  }
  if (given.heads) {
    witness.heads = [heads = given.heads, user = given.user] {
      renraku_head_list list;
      if (heads(user, &list) != 0) {
        throw Error(ErrorCode::io, "the host's witness can't be read", "witness");
      }
      return std::move(list.heads);
    };
  }
  if (given.record_removals) {
    witness.record_removals = [record = given.record_removals,
                               user = given.user](const std::vector<SignedRemoval>& removals) {
      Arena arena;
      const auto shown = shown_in_c(removals, arena);
      if (record(user, shown.data(), shown.size()) != 0) {
        throw Error(ErrorCode::io, "the host's witness did not keep the removals", "witness");
      }
    };
  }
  if (given.removals) {
    witness.removals = [removals = given.removals, user = given.user] {
      renraku_removal_list list;
      if (removals(user, &list) != 0) {
        throw Error(ErrorCode::io, "the host's witness can't be read", "witness");
      }
      return std::move(list.removals);
    };
  }
  return witness;
}

}  // namespace

JournalSigner read_signer(const renraku_journal_signer* given, std::string_view argument) {
  const renraku_journal_signer known = known_struct(&need(given, argument), argument);
  return known.file ? signer_in_file(known.file) : host_signer(known, argument);
}

Witness read_witness(const renraku_witness* given, std::string_view argument) {
  const renraku_witness known = known_struct(&need(given, argument), argument);
  return known.file ? witness_in_file(known.file) : host_witness(known);
}

}  // namespace renraku::capi

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_head_list_add(renraku_head_list* list, const renraku_signed_head* head,
                              renraku_error** error) {
  return guard(error,
               [&] { need(list, "list").heads.push_back(read_record<SignedHead>(head, "head")); });
}

int32_t renraku_removal_list_add(renraku_removal_list* list, const renraku_signed_removal* removal,
                                 renraku_error** error) {
  return guard(error, [&] {
    need(list, "list").removals.push_back(read_record<SignedRemoval>(removal, "removal"));
  });
}

int32_t renraku_journal_verify_with(renraku_session* session, const renraku_witness* witness,
                                    renraku_journal_report_page** report, renraku_error** error) {
  return deliver(error, report,
                 [&] { return at(session).journal().verify(read_witness(witness, "witness")); });
}

int32_t renraku_journal_heads(renraku_session* session, renraku_signed_head_page** heads,
                              renraku_error** error) {
  return deliver(error, heads, [&] { return at(session).journal().heads(); });
}

int32_t renraku_store_verify_journal_with(renraku_store* store, const renraku_witness* witness,
                                          renraku_journal_report_page** report,
                                          renraku_error** error) {
  return deliver(error, report,
                 [&] { return at(store).verify_journal(read_witness(witness, "witness")); });
}

int32_t renraku_store_journal_heads(renraku_store* store, renraku_signed_head_page** heads,
                                    renraku_error** error) {
  return deliver(error, heads, [&] { return at(store).journal_heads(); });
}

int32_t renraku_store_change_journal_signer(renraku_store* store,
                                            const renraku_journal_signer* next,
                                            renraku_error** error) {
  return guard(error, [&] {
    std::optional<JournalSigner> signer;
    if (next) signer = read_signer(next, "next");
    at(store).change_journal_signer(signer);
  });
}

int32_t renraku_store_archive_journal(renraku_store* store, const char* before, const char* folder,
                                      renraku_journal_segment_page** segments,
                                      renraku_error** error) {
  return deliver(error, segments, [&] {
    return at(store).archive_journal(read_parsed<Date>(&need(before, "before"), "before"),
                                     read_text(folder, "folder"));
  });
}

int32_t renraku_store_bring_back_journal(renraku_store* store, const char* file,
                                         renraku_journal_segment_page** segment,
                                         renraku_error** error) {
  return deliver(error, segment,
                 [&] { return at(store).bring_back_journal(read_text(file, "file")); });
}

int32_t renraku_store_journal_segments(renraku_store* store,
                                       renraku_journal_segment_page** segments,
                                       renraku_error** error) {
  return deliver(error, segments, [&] { return at(store).journal_segments(); });
}
