// A small encrypted database for the tests of this room.
#pragma once

#include <array>

#include "fixture/city.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

namespace renraku::fixture {

class Scratch {
 public:
  static constexpr std::array<std::uint8_t, 32> key{1, 2, 3};
  static constexpr std::array<storage::Migration, 1> steps{
      storage::Migration{1,
                         "CREATE TABLE thing (pk @key, id @bytes UNIQUE, name TEXT, number BIGINT, "
                         "CHECK (number >= 0))"}};

  Scratch() : database_(storage::sqlcipher::create(file(), key)) { database_.migrate(steps); }

  [[nodiscard]] storage::Database& database() { return database_; }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "scratch.db"; }

  void add(std::int64_t pk, const std::string& name) {
    storage::Transaction transaction = database_.write();
    transaction.query("INSERT INTO thing (pk, name, number) VALUES (:pk, :name, 0)")
        .bind("pk", pk)
        .bind("name", name)
        .run();
    transaction.commit();
  }
  [[nodiscard]] std::int64_t count() {
    storage::Transaction transaction = database_.read();
    return transaction.query("SELECT count(*) FROM thing").optional<std::int64_t>().value();
  }

 private:
  TemporaryFolder folder_;
  storage::Database database_;
};

}  // namespace renraku::fixture
