#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

#include "bench/raw.hpp"
#include "bench/raw_rows.hpp"
#include "crypto/hash.hpp"
#include "crypto/packing.hpp"
#include "crypto/seal.hpp"

namespace renraku::bench {
namespace {

class Inserter {
 public:
  Inserter(sqlite3* database, const std::string& table, std::size_t columns) {
    std::string marks = "?";
    for (std::size_t i = 1; i < columns; ++i) marks += ",?";
    statement_ = prepare_raw(database, "INSERT INTO " + table + " VALUES (" + marks + ")");
  }
  void operator()(const Row& row) {
    for (std::size_t i = 0; i < row.size(); ++i) bind(static_cast<int>(i) + 1, row[i]);
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) throw std::runtime_error("insert failed");
    sqlite3_reset(statement_.get());
  }

 private:
  void bind(int at, const Cell& cell) {
    sqlite3_stmt* s = statement_.get();
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      sqlite3_bind_int64(s, at, *number);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      sqlite3_bind_text(s, at, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    } else if (const auto* bytes = std::get_if<crypto::Bytes>(&cell)) {
      sqlite3_bind_blob(s, at, bytes->data(), static_cast<int>(bytes->size()), SQLITE_STATIC);
    } else {
      sqlite3_bind_null(s, at);
    }
  }

  RawStatement statement_;
};

// One sealed, chained entry: the fields are sealed again under a key of its own, which is kept
// wrapped under one for all; the body is as long as the library's.
class EntryInserter {
 public:
  EntryInserter(sqlite3* database, const Copied& keys)
      : insert_(database, "journal", 3),
        insert_key_(database, "sealing_key", 4),
        keys_(keys),
        owner_(keys.rows.begin()) {}

  void operator()(const Row& row) {
    const auto& body = std::get<crypto::Bytes>(row[1]);
    const std::size_t fields = body.size() > 250 ? body.size() - 250 : 0;
    const crypto::Key key = crypto::Key::random();
    if (owner_ != keys_.rows.end()) {
      const Cell first = std::int64_t{1};
      const Cell& id = owner_++->front();
      insert_key_({id, first, first, wrapping_.wrap(std::get<crypto::Bytes>(id), key)});
    }
    const crypto::Sealer sealer(key);
    const crypto::Bytes sealed =
        sealer.seal(crypto::view_of("place"), crypto::ByteView(body).first(fields));
    crypto::Packer packed;
    packed.fixed(crypto::ByteView(body).subspan(fields)).fixed(sealed);
    hash_ = crypto::Sha256().update(hash_).update(packed.bytes()).digest();
    insert_({row[0], packed.bytes(), crypto::Bytes(hash_.begin(), hash_.end())});
  }

 private:
  Inserter insert_;
  Inserter insert_key_;
  const Copied& keys_;
  std::vector<Row>::const_iterator owner_;
  crypto::Sealer wrapping_{crypto::Key::random()};
  crypto::Digest hash_{};
};

/// How the rows of one table are written.
struct Writing {
  const std::vector<Row>* rows;
  std::function<void(const Row&)> insert;
  std::size_t done = 0;

  void up_to(std::size_t count) {
    while (done < count) insert((*rows)[done++]);
  }
};

std::vector<Writing> writings(sqlite3* database, const std::vector<Copied>& tables) {
  const auto keys = std::ranges::find(tables, "sealing_key", &Copied::name);
  std::vector<Writing> all;
  for (const Copied& table : tables) {
    run_raw(database, table.create.c_str());
    if (table.rows.empty() || table.name == "sealing_key") continue;
    if (table.name == "journal") {
      all.push_back({&table.rows, [insert = std::make_shared<EntryInserter>(database, *keys)](
                                      const Row& row) { (*insert)(row); }});
    } else {
      all.push_back({&table.rows, [insert = std::make_shared<Inserter>(database, table.name,
                                                                       table.rows.front().size())](
                                      const Row& row) { (*insert)(row); }});
    }
  }
  return all;
}

// The look-up keys as they come with their people.
void sort_by_person(Copied& keys) {
  std::ranges::stable_sort(keys.rows, {},
                           [](const Row& row) { return std::get<std::int64_t>(row[1]); });
}

}  // namespace

double raw_import(const std::filesystem::path& imported_store, const crypto::Key& host_key,
                  const std::filesystem::path& csv, const std::filesystem::path& into,
                  RawOrder order) {
  const crypto::Key key = page_key_of(imported_store, host_key);
  std::vector<Copied> tables;
  {
    const RawDatabase source = open_raw(imported_store / "renraku.db", key);
    for (const char* name : {"person", "person_search", "person_key", "evacuee", "sealing_key",
                             "open_row", "journal_subject", "journal"}) {
      tables.push_back(copy_table(source.get(), name));
    }
  }
  if (order == RawOrder::rows) {
    sort_by_person(*std::ranges::find(tables, "person_key", &Copied::name));
  }
  const auto start = std::chrono::steady_clock::now();
  if (read_csv(csv) == 0) throw std::runtime_error("the CSV is empty");
  const RawDatabase database = open_raw(into, key);
  run_raw(database.get(), "BEGIN IMMEDIATE");
  {
    std::vector<Writing> all = writings(database.get(), tables);
    const std::size_t people = tables.front().rows.size();
    const std::size_t steps = order == RawOrder::rows ? people : 0;
    for (std::size_t i = 0; i < steps; ++i) {
      for (Writing& table : all) table.up_to(table.rows->size() * i / people);
    }
    for (Writing& table : all) table.up_to(table.rows->size());
  }
  run_raw(database.get(), "COMMIT");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace renraku::bench
