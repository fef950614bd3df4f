#include "access/journal/entry.hpp"

#include <cstring>
#include <renraku/described/journal.hpp>
#include <renraku/error.hpp>

namespace renraku::access {
namespace {

constexpr std::uint8_t canonical_version = 1;

template <DescribedEnum Enum>
Enum named(crypto::Unpacker& read) {
  Enum value{};
  if (!enum_parse(read.short_text(), value)) read.fail("names what this library does not know");
  return value;
}

Uuid id(crypto::Unpacker& read) {
  Uuid value;
  read.fixed(value.bytes);
  return value;
}

/// A list's length; each item takes at least 16 bytes, so a wrong length can't ask for memory.
std::size_t list_size(crypto::Unpacker& read, crypto::ByteView body) {
  const std::size_t size = read.number<std::uint32_t>();
  if (size > body.size() / sizeof(Uuid)) read.fail("has a list longer than itself");
  return size;
}

}  // namespace

void write_canonical(crypto::Packer& out, const std::vector<ChangedRecord>& changes) {
  out.number(static_cast<std::uint32_t>(changes.size()));
  for (const ChangedRecord& change : changes) {
    out.short_text(change.kind)
        .fixed(change.id.bytes)
        .number(static_cast<std::uint64_t>(change.parent_revision));
  }
}

void write_canonical(crypto::Packer& out, const Entry& entry) {
  out.number(canonical_version)
      .fixed(entry.node.bytes)
      .short_text(entry.municipality)
      .number(static_cast<std::uint64_t>(entry.sequence))
      .instant(entry.time.micros)
      .instant(entry.acted.micros)
      .fixed(entry.tail.bytes)
      .number(entry.tail_number)
      .fixed(entry.member.bytes)
      .fixed(entry.on_behalf.bytes)
      .short_text(entry.capacity)
      .short_text(entry.authentication)
      .short_text(enum_name(entry.action))
      .short_text(enum_name(entry.outcome))
      .short_text(entry.detail)
      .number(static_cast<std::uint32_t>(entry.subjects.size()));
  for (const Uuid& subject : entry.subjects) out.fixed(subject.bytes);
  write_canonical(out, entry.changes);
  out.fixed(entry.sealed_for.bytes)
      .number(static_cast<std::uint32_t>(entry.sealed.size()))
      .fixed(entry.sealed);
}

Entry read_canonical(crypto::ByteView body) {
  crypto::Unpacker read(body, "a journal entry");
  if (read.number<std::uint8_t>() != canonical_version) {
    throw Error(ErrorCode::newer_format,
                "a journal entry has a form that this library is too old for");
  }
  Entry entry;
  entry.node = id(read);
  entry.municipality = read.short_text();
  entry.sequence = static_cast<std::int64_t>(read.number<std::uint64_t>());
  entry.time.micros = read.instant();
  entry.acted.micros = read.instant();
  entry.tail = id(read);
  entry.tail_number = read.number<std::uint64_t>();
  entry.member = id(read);
  entry.on_behalf = id(read);
  entry.capacity = read.short_text();
  entry.authentication = read.short_text();
  entry.action = named<Action>(read);
  entry.outcome = named<Outcome>(read);
  entry.detail = read.short_text();
  entry.subjects.resize(list_size(read, body));
  for (Uuid& subject : entry.subjects) subject = id(read);
  entry.changes.resize(list_size(read, body));
  for (ChangedRecord& change : entry.changes) {
    change.kind = read.short_text();
    change.id = id(read);
    change.parent_revision = static_cast<std::int64_t>(read.number<std::uint64_t>());
  }
  entry.sealed_for = id(read);
  const crypto::ByteView sealed = read.fixed(read.number<std::uint32_t>());
  entry.sealed.assign(sealed.begin(), sealed.end());
  read.end();
  return entry;
}

crypto::Digest chain_hash(const crypto::Digest& before, crypto::ByteView body) {
  return crypto::Sha256().update(before).update(body).digest();
}

}  // namespace renraku::access
