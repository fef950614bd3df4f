#include "storage/engines/postgresql/vault.hpp"

#include <array>
#include <charconv>

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/connecting.hpp"
#include "storage/engines/postgresql/messages.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view reading = "reading the keys of rows";
constexpr std::string_view making = "making the keys of rows";

constexpr const char* read_keys =
    "SELECT number, wrapped FROM renraku_row_key WHERE owner = $1::bigint ORDER BY number";
/// Whoever comes second takes the key of the first.
constexpr const char* add_key =
    "INSERT INTO renraku_row_key (owner, number, wrapped) VALUES ($1::bigint, $2::bigint, $3) "
    "ON CONFLICT DO NOTHING";

/// In the place of a number: the key that values are found by.
constexpr std::uint32_t number_of_index = 0;

void need(const Result& result, ExecStatusType status, std::string_view doing) {
  if (PQresultStatus(result.get()) != status) throw error_of(result.get(), doing);
}

}  // namespace

std::optional<KeyOwner> key_owner(std::string_view municipality_code) {
  constexpr std::size_t digits = 5;
  KeyOwner owner = 0;
  if (municipality_code.empty()) return owner;
  const std::string_view leading = municipality_code.substr(0, digits);
  const char* const last = leading.data() + leading.size();
  const auto [end, wrong] = std::from_chars(leading.data(), last, owner);
  if (wrong != std::errc() || end != last || leading.size() != digits || owner <= 0) return {};
  return owner;
}

template <class Known>
auto Vault::known_or_made(const Place& place, Known&& known) {
  const std::lock_guard lock(mutex_);
  if (auto found = known()) return found;
  const ConnectionHandle connection = connect(address_);
  read(connection.get(), place.first);
  if (auto found = known()) return found;
  make(connection.get(), place);
  read(connection.get(), place.first);
  if (auto found = known()) return found;
  throw Error(ErrorCode::damaged, "the server does not keep the keys of rows that it was given");
}

std::shared_ptr<const RowKey> Vault::obtain(KeyOwner owner, std::uint32_t number) {
  const Place place{owner, number};
  return known_or_made(place, [&] {
    const auto found = keys_.find(place);
    return found == keys_.end() ? nullptr : found->second;
  });
}

std::shared_ptr<const RowKey> Vault::newest(KeyOwner owner) {
  return known_or_made({owner, first_number}, [&]() -> std::shared_ptr<const RowKey> {
    const auto after = keys_.upper_bound({owner, UINT32_MAX});
    if (after == keys_.begin()) return nullptr;
    const auto& [place, key] = *std::prev(after);
    return place.first == owner ? key : nullptr;
  });
}

std::shared_ptr<const crypto::HmacKey> Vault::index(KeyOwner owner) {
  return known_or_made({owner, number_of_index}, [&] {
    const auto found = indexes_.find(owner);
    return found == indexes_.end() ? nullptr : found->second;
  });
}

std::shared_ptr<const RowKey> Vault::find(KeyOwner owner, std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  const Place place{owner, number};
  if (!keys_.contains(place)) read(connect(address_).get(), owner);
  const auto found = keys_.find(place);
  if (found != keys_.end()) return found->second;
  throw Error(ErrorCode::damaged, "the server lost the key that a row was sealed under");
}

void Vault::forget_but(KeyOwner owner, std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  std::erase_if(keys_, [&](const auto& each) {
    return each.first.first == owner && each.first.second != number;
  });
}

void Vault::read(PGconn* connection, KeyOwner owner) {
  const std::string of = std::to_string(owner);
  const std::array values{of.c_str()};
  constexpr int binary = 1;
  const Result rows(
      PQexecParams(connection, read_keys, 1, nullptr, values.data(), nullptr, nullptr, binary));
  need(rows, PGRES_TUPLES_OK, reading);
  for (int row = 0; row < PQntuples(rows.get()); ++row) {
    const auto cell = [&](int column) {
      return crypto::view_of({PQgetvalue(rows.get(), row, column),
                              static_cast<std::size_t>(PQgetlength(rows.get(), row, column))});
    };
    const auto number =
        static_cast<std::uint32_t>(crypto::Unpacker(cell(0), "a key's number").instant());
    const Place place{owner, number};
    if (number == number_of_index ? indexes_.contains(owner) : keys_.contains(place)) continue;
    const crypto::Key key = wrapping_.unwrap(associated(place), cell(1));
    if (number == number_of_index) {
      indexes_[owner] = std::make_shared<const crypto::HmacKey>(key);
    } else {
      keys_[place] = std::make_shared<const RowKey>(number, crypto::RowSealer(key));
    }
  }
}

void Vault::make(PGconn* connection, const Place& place) {
  const crypto::Bytes wrapped = wrapping_.wrap(associated(place), crypto::Key::random());
  const std::string of = std::to_string(place.first);
  const std::string number = std::to_string(place.second);
  const std::array values{of.c_str(), number.c_str(),
                          reinterpret_cast<const char*>(wrapped.data())};
  const std::array sizes{0, 0, static_cast<int>(wrapped.size())};
  const std::array formats{0, 0, 1};
  need(Result(PQexecParams(connection, add_key, 3, nullptr, values.data(), sizes.data(),
                           formats.data(), 0)),
       PGRES_COMMAND_OK, making);
}

crypto::Bytes Vault::associated(const Place& place) const {
  crypto::Packer bound;
  bound.fixed("renraku key of rows").fixed(store_.bytes).instant(place.first).number(place.second);
  return std::move(bound).bytes();
}

}  // namespace renraku::storage::postgresql
