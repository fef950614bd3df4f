// Ours on PostgreSQL beside the plain peer, in one process and in turn; bench_postgresql.py runs
// it.
//
//   bench_postgresql acts STORE HOST_KEY LOGIN PASSWORD PLAIN_DATABASE     prints JSON
//   bench_postgresql import EMBEDDED_STORE HOST_KEY CSV NEW_DATABASE rows|copy     prints seconds
//   bench_postgresql client STORE HOST_KEY LOGIN PASSWORD SECONDS     prints how many acts
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <renraku/renraku.hpp>
#include <string>
#include <vector>

#include "bench/host_key.hpp"
#include "bench/measure.hpp"
#include "bench/phones.hpp"
#include "bench/plain.hpp"
#include "bench/raw.hpp"

namespace {

using namespace renraku;
using namespace renraku::bench;

constexpr const char* municipality = "082112";
constexpr int finds = 3'000;
constexpr int pages = 300;
constexpr int changes = 300;

/// Far apart in the roster, each of a few thousand once.
constexpr std::size_t leap = 7919;

std::string new_address(int number) {
  return fmt::format("茨城県常総市架空町{}丁目{}番地", number % 60 + 1, number);
}

Person moved(const Session& session, const Id<Person>& id, int number) {
  Person person = session.people().view(id);
  if (person.addresses.empty()) person.addresses.emplace_back();
  person.addresses.front().text = new_address(number);
  return person;
}

/// One act of each kind by ours, by the same statements and by the fewest.
struct Compared {
  Samples ours;
  Samples same;
  Samples fewest;

  void print(const char* name, const char* end) {
    fmt::print(
        "\"{0}\": {{\"ours\": {1}, \"ours_p99\": {2}, \"same\": {3}, \"same_p99\": {4}, "
        "\"fewest\": {5}}}{6}",
        name, ours.median(), ours.percentile(0.99), same.median(), same.percentile(0.99),
        fewest.median(), end);
  }
};

struct Peers {
  PlainActs same;
  PlainActs fewest;
};

void find(const Session& session, Peers& peers) {
  const auto phones = phones_of(session);
  Compared times;
  for (std::size_t i = 0; i < finds; ++i) {
    const std::string& phone = phones[i * leap % phones.size()];
    PersonFilter filter;
    filter.phone = phone;
    times.ours.add(timed([&] { static_cast<void>(session.people().find(filter)); }));
    times.same.add(timed([&] { peers.same.find(phone); }));
    times.fewest.add(timed([&] { peers.fewest.find(phone); }));
  }
  times.print("find", ", ");
}

void list(const Session& session, Peers& peers) {
  Compared times;
  for (int i = 0; i < pages; ++i) {
    times.ours.add(timed([&] { static_cast<void>(session.evacuees().list()); }));
    times.same.add(timed([&] { peers.same.list(); }));
    times.fewest.add(timed([&] { peers.fewest.list(); }));
  }
  times.print("list", ", ");
}

std::vector<Id<Person>> people_of(const Session& session) {
  std::vector<Id<Person>> people;
  PageRequest page{"", 200};
  do {
    const auto lines = session.evacuees().list({}, page);
    for (const EvacueeLine& line : lines.items) people.push_back(line.person);
    page.after = lines.next;
  } while (!page.after.empty() && people.size() < 20'000);
  return people;
}

void change(const Session& session, Peers& peers, const std::vector<crypto::Bytes>& plain_people) {
  const std::vector<Id<Person>> people = people_of(session);
  Compared times;
  for (int i = 0; i < changes; ++i) {
    const std::size_t at = static_cast<std::size_t>(i) * leap;
    const Person person = moved(session, people[at % people.size()], i);
    const crypto::Bytes& beside = plain_people[at % plain_people.size()];
    times.ours.add(timed([&] { session.people().change(person); }));
    times.same.add(timed([&] { peers.same.change(beside, new_address(i)); }));
    times.fewest.add(timed([&] { peers.fewest.change(beside, new_address(i + 1)); }));
  }
  times.print("change", "");
}

/// The plain database's people, whose ids are others than the store's.
std::vector<crypto::Bytes> plain_people_of(const std::string& database) {
  PlainConnection connection(database);
  connection.prepare("people", "SELECT id FROM person ORDER BY pk LIMIT 20000");
  const PlainResult found = connection.ask("people", {});
  std::vector<crypto::Bytes> people;
  for (int row = 0; row < PQntuples(found.get()); ++row) {
    const char* const id = PQgetvalue(found.get(), row, 0);
    people.emplace_back(id, id + PQgetlength(found.get(), row, 0));
  }
  return people;
}

int acts(char** arguments) {
  Store store = Store::open(arguments[0], host_key_of(arguments[1]));
  const Session session = store.sign_in(municipality, arguments[2], arguments[3]);
  Peers peers{{arguments[4], municipality, Statements::same},
              {arguments[4], municipality, Statements::fewest}};
  fmt::print("{{");
  find(session, peers);
  list(session, peers);
  change(session, peers, plain_people_of(arguments[4]));
  fmt::print("}}\n");
  return 0;
}

std::vector<Copied> tables_of(const std::filesystem::path& store, const HostKey& host_key) {
  const RawDatabase source =
      open_raw(store / "renraku.db", page_key_of(store, crypto::Key::from(host_key.bytes)));
  std::vector<Copied> tables;
  const auto names = prepare_raw(source.get(),
                                 "SELECT name FROM sqlite_master WHERE type = 'table' "
                                 "AND name NOT LIKE 'sqlite_%' ORDER BY name");
  while (sqlite3_step(names.get()) == SQLITE_ROW) {
    Copied table = copy_table(source.get(),
                              reinterpret_cast<const char*>(sqlite3_column_text(names.get(), 0)));
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  return tables;
}

int import_plain(char** arguments) {
  const std::vector<Copied> tables = tables_of(arguments[0], host_key_of(arguments[1]));
  PlainConnection connection(arguments[3]);
  make_plain_tables(connection);
  const PlainOrder order =
      std::string_view(arguments[4]) == "rows" ? PlainOrder::rows : PlainOrder::copy;
  fmt::print("{}\n", timed([&] {
                       if (read_csv(arguments[2]) == 0) throw std::runtime_error("an empty CSV");
                       write_plain(connection, tables, order);
                     }) / 1e6);
  return 0;
}

/// Looks up and changes in turn, nine times out of ten the former, once it is told to begin.
int client(char** arguments) {
  Store store = Store::open(arguments[0], host_key_of(arguments[1]));
  const Session session = store.sign_in(municipality, arguments[2], arguments[3]);
  const auto phones = phones_of(session);
  const auto people = people_of(session);
  fmt::print("ready\n");
  std::fflush(stdout);
  std::size_t place = 0;
  std::cin >> place;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::stoi(arguments[4]));
  int done = 0;
  int changed = 0;
  for (; std::chrono::steady_clock::now() < end; ++done) {
    place += leap;
    if (done % 10 == 9) {
      session.people().change(moved(session, people[place % people.size()], done));
      ++changed;
    } else {
      PersonFilter filter;
      filter.phone = phones[place % phones.size()];
      static_cast<void>(session.people().find(filter));
    }
  }
  fmt::print("{} {}\n", done, changed);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 1 ? arguments[1] : "";
  if (what == "acts" && count == 7) return acts(arguments + 2);
  if (what == "import" && count == 7) return import_plain(arguments + 2);
  if (what == "client" && count == 7) return client(arguments + 2);
  fmt::print(stderr, "bench_postgresql is run by bench_postgresql.py\n");
  return 2;
}
