#include "store.hpp"

#include "call.hpp"
#include "pages.hpp"
#include "secret.hpp"
#include "witness.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

std::chrono::minutes read_minutes(std::int64_t given, std::chrono::minutes fallback,
                                  std::string_view field) {
  if (given < 0) refuse_argument("is a number of minutes", field);
  return given == 0 ? fallback : std::chrono::minutes(given);
}

Error keeper_failed(const char* what) {
  return {ErrorCode::io, what, "keeper"};
}

}  // namespace

Keeper renraku::capi::read_keeper(const renraku_keeper* given) {
  const renraku_keeper known = known_struct(given, "keeper");
  if (!known.read || !known.write || !known.remove) {
    refuse_argument("reads, writes and removes", "keeper");
  }
  Keeper keeper;
  keeper.read = [read = known.read, user = known.user](
                    const std::string& name) -> std::optional<std::vector<std::uint8_t>> {
    static_assert(RENRAKU_KEEPER_BYTES_MAX == Keeper::size_max);
    std::vector<std::uint8_t> bytes(Keeper::size_max);
    std::uint64_t size = 0;
    if (read(user, name.c_str(), bytes.data(), &size) != 0 || size > bytes.size()) {
      throw keeper_failed("the host's keeper did not read");
    }
    if (size == 0) return std::nullopt;
    bytes.resize(size);
    return bytes;
  };
  keeper.write = [write = known.write, user = known.user](const std::string& name,
                                                          std::span<const std::uint8_t> bytes) {
    if (write(user, name.c_str(), bytes.data(), bytes.size()) != 0) {
      throw keeper_failed("the host's keeper did not write");
    }
  };
  keeper.remove = [remove = known.remove, user = known.user](const std::string& name) {
    if (remove(user, name.c_str()) != 0) throw keeper_failed("the host's keeper did not remove");
  };
  return keeper;
}

StoreOptions renraku::capi::read_store_options(const renraku_store_options* given) {
  StoreOptions options;
  if (!given) return options;
  const renraku_store_options known = known_struct(given, "options");
  if (known.clock) {
    options.clock = [clock = known.clock, user = known.user] { return Instant{clock(user)}; };
  }
  options.session_idle = read_minutes(known.session_idle, options.session_idle, "session_idle");
  options.session_absolute =
      read_minutes(known.session_absolute, options.session_absolute, "session_absolute");
  if (known.log) {
    options.log = [log = known.log, user = known.log_user](const LogLine& line) {
      Arena arena;
      renraku_log_line shown{};
      fill_c(shown, line, arena);
      log(user, &shown);
    };
  }
  if (known.journal_signer) {
    options.journal_signer = read_signer(known.journal_signer, "journal_signer");
  }
  options.journal_signer_lost = known.journal_signer_lost != 0;
  if (known.witness) options.witness = read_witness(known.witness, "witness");
  if (known.home) options.home = read_text(known.home, "home");
  if (known.keeper) options.keeper = read_keeper(known.keeper);
  return options;
}

int32_t renraku_store_create(const char* address, const renraku_secret* secret,
                             const char* slot_name, const renraku_store_options* options,
                             renraku_store** store, renraku_error** error) {
  return deliver(error, store, [&] {
    return Store::create(read_text(address, "address"), GivenSecret(secret),
                         read_text(slot_name, "slot_name"), read_store_options(options));
  });
}

int32_t renraku_store_open(const char* address, const renraku_secret* secret,
                           const renraku_store_options* options, renraku_store** store,
                           renraku_error** error) {
  return deliver(error, store, [&] {
    return Store::open(read_text(address, "address"), GivenSecret(secret),
                       read_store_options(options));
  });
}

void renraku_store_free(renraku_store* store) {
  delete store;
}

int32_t renraku_store_flush(renraku_store* store, renraku_error** error) {
  return guard(error, [&] { at(store).flush(); });
}

int32_t renraku_store_is_strict(renraku_store* store, int32_t* strict, renraku_error** error) {
  return guard(error, [&] {
    need(strict, "strict") = 0;
    *strict = at(store).is_strict() ? 1 : 0;
  });
}

int32_t renraku_store_check(renraku_store* store, renraku_check_report_page** report,
                            renraku_error** error) {
  return deliver(error, report, [&] { return at(store).check(); });
}

int32_t renraku_store_verify_journal(renraku_store* store, renraku_journal_report_page** report,
                                     renraku_error** error) {
  return deliver(error, report, [&] { return at(store).verify_journal(); });
}

int32_t renraku_store_key_slots(renraku_store* store, renraku_key_slot_page** slots,
                                renraku_error** error) {
  return deliver(error, slots, [&] { return at(store).key_slots(); });
}

int32_t renraku_store_change_passphrase(renraku_store* store, const char* current,
                                        const char* replacement, renraku_error** error) {
  return guard(error, [&] {
    at(store).change_passphrase(Wiped(current, "current"), Wiped(replacement, "replacement"));
  });
}

int32_t renraku_store_opened_with(renraku_store* store, char** slot, renraku_error** error) {
  return deliver_text(error, slot, [&] { return at(store).opened_with().text(); });
}

int32_t renraku_store_add_passphrase(renraku_store* store, const char* name, const char* passphrase,
                                     renraku_error** error) {
  return guard(error, [&] {
    at(store).add_passphrase(read_text(name, "name"), Wiped(passphrase, "passphrase"));
  });
}

int32_t renraku_store_revoke_slot(renraku_store* store, const char* slot, int32_t even_own,
                                  renraku_error** error) {
  return guard(error, [&] {
    at(store).revoke_slot(Uuid::parse(read_text(slot, "slot"), "slot"), even_own != 0);
  });
}

int32_t renraku_store_reencrypt(renraku_store* store, const renraku_secret* const* kept,
                                uint64_t kept_count, renraku_key_slot_page** slots,
                                renraku_error** error) {
  return deliver(error, slots, [&] { return at(store).reencrypt(GivenSecrets(kept, kept_count)); });
}

int32_t renraku_store_add_recovery_key(renraku_store* store, const char* name, char** printed_key,
                                       renraku_error** error) {
  return deliver_text(error, printed_key,
                      [&] { return at(store).add_recovery_key(read_text(name, "name")); });
}

int32_t renraku_store_add_host_key(renraku_store* store, const char* name, const uint8_t* key,
                                   uint64_t key_size, renraku_error** error) {
  return guard(error, [&] {
    at(store).add_host_key(read_text(name, "name"), read_host_key(key, key_size));
  });
}
