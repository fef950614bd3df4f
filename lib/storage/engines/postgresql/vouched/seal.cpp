#include "storage/engines/postgresql/vouched/seal.hpp"

#include "crypto/packing.hpp"
#include "storage/connection.hpp"

namespace renraku::storage::postgresql {
namespace {

/// What decides about all municipalities alike, and is not personal data of one, is the store's.
constexpr KeyOwner the_store = 0;
constexpr std::size_t number_size = 4;

}  // namespace

Error not_vouched(std::string_view what) {
  return {ErrorCode::damaged,
          std::string(what) +
              "; somebody changed on the server who may see what, or put it back to an older "
              "state: nothing is shown; run a check and look for a backup",
          std::string(access_field)};
}

crypto::Bytes VouchedSeal::seal(const VouchedPlace& place, crypto::ByteView row) {
  return seal(associated(place), row);
}

crypto::Bytes VouchedSeal::open(const VouchedPlace& place, crypto::ByteView sealed) {
  return open(associated(place), sealed);
}

crypto::Digest VouchedSeal::digest(const VouchedPlace& place, crypto::ByteView sealed) {
  constexpr std::size_t tag_size = 16;
  // The tag stands for the row: it was made over all of it, under the same keys.
  const crypto::Bytes where = associated(place);
  if (sealed.size() < number_size + crypto::seal_overhead) {
    throw not_vouched("a row that decides access ends too early");
  }
  return key_of(sealed).index.mac(
      {crypto::view_of("renraku vouched row"), where, sealed.last(tag_size)});
}

crypto::Bytes VouchedSeal::seal(const VouchedHead& head) {
  return seal(associated_of_head(), head.pack());
}

VouchedHead VouchedSeal::open_head(crypto::ByteView sealed) {
  return VouchedHead::unpack(open(associated_of_head(), sealed));
}

crypto::Bytes VouchedSeal::seal(crypto::ByteView associated, crypto::ByteView plain) {
  const RowKeySet& keys = newest();
  const crypto::Bytes sealed = keys.sealer.seal(associated, plain);
  crypto::Packer out;
  out.number(keys.number).fixed(sealed);
  return std::move(out).bytes();
}

crypto::Bytes VouchedSeal::open(crypto::ByteView associated, crypto::ByteView sealed) {
  try {
    return key_of(sealed).sealer.open(associated, sealed.subspan(number_size));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged || is_altered_access(error)) throw;
    throw not_vouched("what decides access was altered");
  }
}

const RowKeySet& VouchedSeal::newest() {
  keys_ = vault_->newest(the_store);
  return *keys_;
}

const RowKeySet& VouchedSeal::key_of(crypto::ByteView sealed) {
  if (sealed.size() < number_size) throw not_vouched("what decides access was cut");
  const auto number =
      crypto::Unpacker(sealed.first(number_size), "a key's number").number<std::uint32_t>();
  if (!keys_ || keys_->number != number) keys_ = vault_->numbered(the_store, number);
  return *keys_;
}

crypto::Bytes VouchedSeal::associated(const VouchedPlace& place) const {
  crypto::Packer bound;
  bound.fixed("renraku vouched row")
      .fixed(vault_->store().bytes)
      .short_text(place.table)
      .instant(place.rowid)
      .number(place.version);
  return std::move(bound).bytes();
}

crypto::Bytes VouchedSeal::associated_of_head() const {
  crypto::Packer bound;
  bound.fixed("renraku vouched head").fixed(vault_->store().bytes);
  return std::move(bound).bytes();
}

}  // namespace renraku::storage::postgresql
