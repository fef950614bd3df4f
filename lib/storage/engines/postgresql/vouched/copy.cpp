#include "storage/engines/postgresql/vouched/copy.hpp"

#include <fmt/format.h>

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/vouched/seal.hpp"

namespace renraku::storage::postgresql {
namespace {

enum class Kind : std::uint8_t { null = 0, number = 1, text = 2, bytes = 3 };

std::string parameter(std::size_t column) {
  return fmt::format("c{}", column);
}

/// What is done here is none of the changes of a statement.
class Deaf {
 public:
  explicit Deaf(bool& hears) : hears_(hears) { hears_ = false; }
  Deaf(const Deaf&) = delete;
  Deaf& operator=(const Deaf&) = delete;
  ~Deaf() { hears_ = true; }

 private:
  bool& hears_;
};

struct Reset {
  Statement& statement;
  ~Reset() { statement.reset(); }
};

}  // namespace

VouchedCopy::VouchedCopy(const VouchedTables& tables) {
  database_.define(tables.script());
  database_.on_change([this](std::string_view table, std::int64_t rowid) {
    if (hears_) changed_[std::string(table)].insert(rowid);
  });
}

void VouchedCopy::rollback() noexcept {
  changed_.clear();
  if (!in_transaction()) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Error&) {
    // SQLite ended the transaction by itself.
  }
}

std::optional<crypto::Bytes> VouchedCopy::image(std::string_view name, std::int64_t rowid) {
  Table& found = table(name);
  Statement& read = *found.read;
  const Reset reset{read};
  read.bind("rowid", rowid);
  if (!read.step()) return std::nullopt;
  crypto::Packer out;
  const auto add = [&](Kind kind, crypto::ByteView contents) {
    out.number(static_cast<std::uint8_t>(kind))
        .number(static_cast<std::uint32_t>(contents.size()))
        .fixed(contents);
  };
  for (std::size_t i = 0; i < found.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (read.is_null(column)) {
      out.number(static_cast<std::uint8_t>(Kind::null));
    } else if (found.columns[i].holds == Holds::number) {
      out.number(static_cast<std::uint8_t>(Kind::number)).instant(read.integer(column));
    } else if (found.columns[i].holds == Holds::text) {
      add(Kind::text, crypto::view_of(read.text(column)));
    } else {
      add(Kind::bytes, read.bytes(column));
    }
  }
  return std::move(out).bytes();
}

void VouchedCopy::put(std::string_view name, std::int64_t rowid, crypto::ByteView image) {
  Table& found = table(name);
  std::vector<Value> values;
  crypto::Unpacker in(image, "a row that decides access");
  for (std::size_t left = image.size(); left > 0;) {
    const auto kind = static_cast<Kind>(in.number<std::uint8_t>());
    left -= 1;
    if (kind == Kind::null) {
      values.emplace_back(std::monostate{});
      continue;
    }
    if (kind == Kind::number) {
      values.emplace_back(in.instant());
      left -= sizeof(std::int64_t);
      continue;
    }
    const auto size = in.number<std::uint32_t>();
    const crypto::ByteView contents = in.fixed(size);
    left -= sizeof(size) + size;
    if (kind == Kind::bytes) {
      values.emplace_back(contents);
    } else if (kind == Kind::text) {
      values.emplace_back(
          std::string_view(reinterpret_cast<const char*>(contents.data()), contents.size()));
    } else {
      in.fail("holds a value of no kind");
    }
  }
  if (values.empty() || values.size() > found.columns.size()) in.fail("has other columns");
  const Deaf deaf(hears_);
  Statement& put = putting(found, name, values.size());
  const Reset reset{put};
  for (std::size_t i = 0; i < values.size(); ++i) {
    put.bind(parameter(i), values[i], Statement::Lifetime::until_reset);
  }
  if (!found.has_key) put.bind("rowid", rowid);
  put.run();
}

void VouchedCopy::remove(std::string_view name, std::int64_t rowid) {
  const Deaf deaf(hears_);
  Statement& remove = *table(name).remove;
  const Reset reset{remove};
  remove.bind("rowid", rowid);
  remove.run();
}

void VouchedCopy::clear(std::string_view name) {
  const Deaf deaf(hears_);
  database_.run(fmt::format("DELETE FROM {}", name));
}

VouchedCopy::Table& VouchedCopy::table(std::string_view name) {
  const auto known = tables_.find(name);
  if (known != tables_.end()) return known->second;
  Table& made = tables_[std::string(name)];
  std::string columns;
  const auto listed = database_.prepare(
      fmt::format("SELECT name, type, pk FROM pragma_table_info('{}') ORDER BY cid", name));
  while (listed->step()) {
    const std::string_view type = listed->text(1);
    const bool is_number = type == "INTEGER" || type == "BIGINT";
    made.columns.push_back({std::string(listed->text(0)), is_number        ? Holds::number
                                                          : type == "TEXT" ? Holds::text
                                                                           : Holds::bytes});
    if (type == "INTEGER" && listed->integer(2) > 0) made.has_key = true;
    columns += (columns.empty() ? "" : ", ") + made.columns.back().name;
  }
  made.read =
      database_.prepare(fmt::format("SELECT {} FROM {} WHERE rowid = :rowid", columns, name));
  made.remove = database_.prepare(fmt::format("DELETE FROM {} WHERE rowid = :rowid", name));
  return made;
}

Statement& VouchedCopy::putting(Table& table, std::string_view name, std::size_t columns) {
  std::unique_ptr<Statement>& made = table.put[columns];
  if (!made) {
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < columns; ++i) {
      names += (i == 0 ? "" : ", ") + table.columns[i].name;
      values += (i == 0 ? ":" : ", :") + parameter(i);
    }
    if (!table.has_key) {
      names += ", rowid";
      values += ", :rowid";
    }
    made = database_.prepare(
        fmt::format("INSERT OR REPLACE INTO {} ({}) VALUES ({})", name, names, values));
  }
  return *made;
}

}  // namespace renraku::storage::postgresql
