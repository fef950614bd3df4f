#include "domain/record_check/record_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "domain/people/people.hpp"
#include "storage/schema_model.hpp"

namespace renraku::domain {
namespace {

/// Which rows of a table have something wrong: some by their ids, the others in a number.
class Complaints {
 public:
  explicit Complaints(std::string table) : table_(std::move(table)) {}
  void add(const Uuid& id, std::string_view what) {
    Said& said = said_.try_emplace(std::string(what)).first->second;
    if (said.ids.size() < named_max) said.ids.push_back(id);
    ++said.count;
  }
  void tell(const Tell& tell) const {
    for (const auto& [what, said] : said_) {
      for (const Uuid& id : said.ids) tell(fmt::format("{} {} {}", table_, id.text(), what));
      const std::size_t others = said.count - said.ids.size();
      if (others > 0) tell(fmt::format("{}: {} others: {}", table_, others, what));
    }
  }

 private:
  static constexpr std::size_t named_max = 20;
  struct Said {
    std::vector<Uuid> ids;
    std::size_t count = 0;
  };
  std::string table_;
  std::map<std::string, Said> said_;
};

/// A table of records that change, and so one that the journal speaks of.
bool has_revisions(const storage::ModelTable& table) {
  const auto has = [&](std::string_view name) {
    return std::ranges::find(table.columns, name, &storage::ModelColumn::name) !=
           table.columns.end();
  };
  return has("id") && has("revision");
}

/// Rows that could not be taken from a file go with whoever they may have been of, which no entry
/// tells; an application of the service's is told of by each municipality that accepts it, and
/// stays when that one moves to another store.
constexpr std::array may_be_gone{std::string_view("open_row"), std::string_view("application")};

bool opens(storage::Query& row, const storage::ModelColumn& sealed) {
  try {
    if (sealed.holds == storage::Holds::bytes) {
      static_cast<void>(row.read<std::optional<crypto::Bytes>>(sealed.name));
    } else {
      static_cast<void>(row.read<std::optional<std::string>>(sealed.name));
    }
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    return false;
  }
}

/// Reads one table of records through.
class RecordWalk {
 public:
  RecordWalk(storage::Transaction& transaction, const storage::ModelTable& table,
             access::LastWords* said)
      : transaction_(transaction), table_(table), said_(said), complaints_(table.name) {
    const auto sealed = std::ranges::find_if(table.columns, &storage::ModelColumn::is_sealed);
    if (sealed != table.columns.end()) sealed_ = &*sealed;
  }

  void run(const Tell& tell) {
    read_rows();
    if (said_ && std::ranges::find(may_be_gone, table_.name) == may_be_gone.end()) find_gone();
    complaints_.tell(tell);
  }

 private:
  /// All that is given back: what is sealed opens beside all that it is bound to.
  [[nodiscard]] std::string select() const {
    std::string columns;
    for (const storage::ModelColumn& column : table_.columns) {
      if (!table_.gives_back(column)) continue;
      columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column.name);
    }
    return fmt::format("SELECT {} FROM {}", columns, table_.name);
  }

  void read_rows() {
    storage::Query rows = transaction_.query(select());
    while (rows.next()) {
      const auto id = rows.read<Uuid>("id");
      if (sealed_ && !opens(rows, *sealed_)) complaints_.add(id, "does not open: it was altered");
      if (said_) compare(id, rows.read<std::int64_t>("revision"));
    }
  }

  void compare(const Uuid& id, std::int64_t revision) {
    const auto standing = said_->of(table_.name, id);
    if (standing.is_erased) {
      complaints_.add(id, "is there again, though the journal tells that it was erased");
    } else if (revision < standing.revision) {
      complaints_.add(id, "is older than the journal tells");
    }
  }

  void find_gone() {
    for (const Uuid& id : said_->not_asked_for(table_.name)) {
      complaints_.add(id, "is gone, and the journal tells of no erasure");
    }
  }

  storage::Transaction& transaction_;
  const storage::ModelTable& table_;
  access::LastWords* said_;
  const storage::ModelColumn* sealed_ = nullptr;
  Complaints complaints_;
};

void check_proofs(storage::Transaction& transaction, const access::LastWords& said,
                  const Tell& tell) {
  std::set<Uuid> missing = said.erased();
  storage::Query rows = transaction.query("SELECT person FROM erased_person");
  while (rows.next()) missing.erase(rows.read<Uuid>());
  Complaints complaints("erased_person");
  for (const Uuid& person : missing) complaints.add(person, "is gone: the proof of an erasure");
  complaints.tell(tell);
}

void check_people_found(storage::Transaction& transaction, const Tell& tell) {
  Complaints complaints("person_search");
  const bool all_keys = check_index(transaction, [&](const Uuid& person, std::string_view what) {
    complaints.add(person, what);
  });
  complaints.tell(tell);
  if (!all_keys) tell("person_key: there are not as many keys as people have");
}

}  // namespace

void check_records(storage::Transaction& transaction, std::span<const storage::Migration> steps,
                   access::LastWords* said, const Tell& tell) {
  for (const storage::ModelTable& table : storage::model_of(steps)) {
    if (has_revisions(table)) RecordWalk(transaction, table, said).run(tell);
  }
  if (said) check_proofs(transaction, *said, tell);
  check_people_found(transaction, tell);
}

}  // namespace renraku::domain
