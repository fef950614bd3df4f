#include "storage/engines/postgresql/vouched/seal.hpp"

#include "crypto/packing.hpp"
#include "storage/connection.hpp"

namespace renraku::storage::postgresql {
namespace {

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
  // The tag stands for the row: it was made over all of it.
  const crypto::Bytes where = associated(place);
  if (sealed.size() < number_size + crypto::row_seal_overhead) {
    throw not_vouched("a row that decides access ends too early");
  }
  if (!index_) index_ = vault_->index(the_store);
  return index_->mac({crypto::view_of("renraku vouched row"), where, sealed.last(tag_size)});
}

crypto::Bytes VouchedSeal::seal(const VouchedHead& head) {
  return seal(associated_of_head(), head.pack());
}

VouchedHead VouchedSeal::open_head(crypto::ByteView sealed) {
  return VouchedHead::unpack(open(associated_of_head(), sealed));
}

crypto::Bytes VouchedSeal::seal(crypto::ByteView associated, crypto::ByteView plain) {
  // Who vouches has the first; a newer one is made by who takes it into use.
  if (number_ == Vault::first_number) key_ = vault_->obtain(the_store, number_);
  const crypto::Bytes sealed = key(number_).sealer.seal(associated, plain);
  crypto::Packer out;
  out.number(number_).fixed(sealed);
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

const RowKey& VouchedSeal::key(std::uint32_t number) {
  if (!key_ || key_->number != number) key_ = vault_->find(the_store, number);
  return *key_;
}

const RowKey& VouchedSeal::key_of(crypto::ByteView sealed) {
  if (sealed.size() < number_size) throw not_vouched("what decides access was cut");
  return key(crypto::Unpacker(sealed.first(number_size), "a key's number").number<std::uint32_t>());
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
