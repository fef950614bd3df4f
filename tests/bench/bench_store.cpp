// Ours beside the raw peer, in one process and in turn. Prints JSON; bench.py runs it.
//
//   bench_store reads STORE HOST_KEY PASSPHRASE LOGIN PASSWORD
//   bench_store trust STORE HOST_KEY LOGIN PASSWORD CSV
//   bench_store raw-import IMPORTED_STORE HOST_KEY CSV NEW_DATABASE rows|tables
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <optional>
#include <renraku/renraku.hpp>
#include <string>
#include <vector>

#include "bench/host_key.hpp"
#include "bench/measure.hpp"
#include "bench/phones.hpp"
#include "bench/raw.hpp"
#include "bench/trust.hpp"
#include "crypto/argon2.hpp"
#include "crypto/random.hpp"

namespace {

using namespace renraku;
using namespace renraku::bench;

constexpr const char* municipality = "082112";
constexpr int look_ups = 20'000;
constexpr int pages = 2'000;
constexpr int opens = 15;

void find(const Session& session, RawFind& raw, const std::vector<std::string>& phones) {
  Samples ours;
  Samples beside;
  for (int i = 0; i < look_ups; ++i) {
    const std::string& phone = phones[static_cast<std::size_t>(i) * 7919 % phones.size()];
    PersonFilter filter;
    filter.phone = phone;
    ours.add(timed([&] { static_cast<void>(session.people().find(filter)); }));
    beside.add(timed([&] { raw.run(phone); }));
  }
  fmt::print("\"find_p50\": {}, \"find_p99\": {}, \"raw_find_p50\": {}, ", ours.median(),
             ours.percentile(0.99), beside.median());
}

void list(const Session& session, RawList& raw) {
  Samples ours;
  Samples beside;
  for (int i = 0; i < pages; ++i) {
    ours.add(timed([&] { static_cast<void>(session.evacuees().list()); }));
    beside.add(timed([&] { raw.run(municipality); }));
  }
  fmt::print("\"list_p50\": {}, \"raw_list_p50\": {}, ", ours.median(), beside.median());
}

// What an opening takes beyond Argon2id is what it takes by a host's key, which needs none: the
// difference of two stretchings is lost in the noise of memory that 256 MB of them go through.
void open(const std::string& store, const HostKey& key, const std::string& passphrase) {
  Samples ours;
  Samples by_passphrase;
  Samples stretching;
  crypto::Argon2Salt salt{};
  crypto::fill_random(salt);
  for (int i = 0; i < opens; ++i) {
    const auto opening = [&](Samples& samples, const auto& secret) {
      std::optional<Store> opened;
      samples.add(timed([&] {
        opened.emplace(Store::open(store, secret));
        static_cast<void>(opened->municipalities());
      }));
    };
    opening(ours, key);
    opening(by_passphrase, Passphrase{passphrase});
    stretching.add(timed([&] {
      static_cast<void>(crypto::stretch(passphrase, salt, crypto::Argon2Cost::for_store()));
    }));
  }
  fmt::print("\"open\": {}, \"open_by_passphrase\": {}, \"argon2id\": {}", ours.median(),
             by_passphrase.median(), stretching.median());
}

int reads(char** arguments) {
  const HostKey key = host_key_of(arguments[1]);
  {
    Store store = Store::open(arguments[0], key);
    const Session session = store.sign_in(municipality, arguments[3], arguments[4]);
    const RawDatabase database = open_raw(std::filesystem::path(arguments[0]) / "renraku.db",
                                          page_key_of(arguments[0], crypto::Key::from(key.bytes)));
    RawFind raw_find(database.get());
    RawList raw_list(database.get());
    const auto phones = phones_of(session);
    fmt::print("{{\"people\": {}, ", phones.size());
    find(session, raw_find, phones);
    list(session, raw_list);
  }
  open(arguments[0], key, arguments[2]);
  fmt::print("}}\n");
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 1 ? arguments[1] : "";
  if (what == "reads" && count == 7) return reads(arguments + 2);
  if (what == "trust" && count == 7) {
    measure_trust(arguments[2], host_key_of(arguments[3]), {arguments[4], arguments[5]},
                  arguments[6]);
    return 0;
  }
  if (what == "raw-import" && count == 7) {
    const HostKey key = host_key_of(arguments[3]);
    const RawOrder order =
        std::string_view(arguments[6]) == "rows" ? RawOrder::rows : RawOrder::tables;
    fmt::print("{}\n", raw_import(arguments[2], crypto::Key::from(key.bytes), arguments[4],
                                  arguments[5], order));
    return 0;
  }
  fmt::print(stderr, "bench_store is run by bench.py\n");
  return 2;
}
