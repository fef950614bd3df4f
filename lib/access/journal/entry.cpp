#include "access/journal/entry.hpp"

#include <cstring>
#include <renraku/described/journal.hpp>
#include <renraku/error.hpp>

namespace renraku::access {
namespace {

constexpr std::uint8_t canonical_version = 1;

class Writer {
 public:
  explicit Writer(crypto::Bytes& out) : out_(out) {}

  template <std::unsigned_integral Integer>
  void number(Integer value) {
    for (int shift = static_cast<int>(sizeof(Integer)) * 8 - 8; shift >= 0; shift -= 8) {
      out_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
  }
  void signed_number(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
  void bytes(crypto::ByteView view) { out_.insert(out_.end(), view.begin(), view.end()); }
  void id(const Uuid& value) { bytes(value.bytes); }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes(crypto::view_of(value));
  }

 private:
  crypto::Bytes& out_;
};

class Reader {
 public:
  explicit Reader(crypto::ByteView in) : in_(in) {}

  template <std::unsigned_integral Integer>
  Integer number() {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(sizeof(Integer))) value = value << 8 | byte;
    return static_cast<Integer>(value);
  }
  std::int64_t signed_number() { return static_cast<std::int64_t>(number<std::uint64_t>()); }
  crypto::ByteView take(std::size_t size) {
    if (size > in_.size()) damaged();
    const crypto::ByteView taken = in_.first(size);
    in_ = in_.subspan(size);
    return taken;
  }
  Uuid id() {
    Uuid value;
    std::memcpy(value.bytes.data(), take(value.bytes.size()).data(), value.bytes.size());
    return value;
  }
  std::string text() {
    const crypto::ByteView view = take(number<std::uint32_t>());
    return {view.begin(), view.end()};
  }
  /// A list's length; each item takes at least `least` bytes, so a wrong one can't ask for memory.
  std::size_t count(std::size_t least) {
    const std::size_t count = number<std::uint32_t>();
    if (count > in_.size() / least) damaged();
    return count;
  }
  void end() const {
    if (!in_.empty()) damaged();
  }
  [[noreturn]] static void damaged() {
    throw Error(ErrorCode::damaged, "a journal entry is not in its canonical form");
  }

 private:
  crypto::ByteView in_;
};

template <DescribedEnum Enum>
Enum named(const std::string& name) {
  Enum value{};
  if (!enum_parse(name, value)) Reader::damaged();
  return value;
}

}  // namespace

void write_canonical(crypto::Bytes& out, const Entry& entry) {
  Writer write(out);
  write.number(canonical_version);
  write.id(entry.node);
  write.text(entry.municipality);
  write.signed_number(entry.sequence);
  write.signed_number(entry.time.micros);
  write.id(entry.member);
  write.id(entry.on_behalf);
  write.text(entry.capacity);
  write.text(entry.authentication);
  write.text(enum_name(entry.action));
  write.text(enum_name(entry.outcome));
  write.text(entry.detail);
  write.number(static_cast<std::uint32_t>(entry.subjects.size()));
  for (const Uuid& subject : entry.subjects) write.id(subject);
  write.number(static_cast<std::uint32_t>(entry.changes.size()));
  for (const ChangedRecord& change : entry.changes) {
    write.text(change.kind);
    write.id(change.id);
    write.signed_number(change.parent_revision);
  }
  write.id(entry.sealed_for);
  write.number(static_cast<std::uint32_t>(entry.sealed.size()));
  write.bytes(entry.sealed);
}

Entry read_canonical(crypto::ByteView body) {
  Reader read(body);
  if (read.number<std::uint8_t>() != canonical_version) {
    throw Error(ErrorCode::newer_format,
                "a journal entry has a form that this library is too old for");
  }
  Entry entry;
  entry.node = read.id();
  entry.municipality = read.text();
  entry.sequence = read.signed_number();
  entry.time.micros = read.signed_number();
  entry.member = read.id();
  entry.on_behalf = read.id();
  entry.capacity = read.text();
  entry.authentication = read.text();
  entry.action = named<Action>(read.text());
  entry.outcome = named<Outcome>(read.text());
  entry.detail = read.text();
  entry.subjects.resize(read.count(sizeof(Uuid)));
  for (Uuid& subject : entry.subjects) subject = read.id();
  entry.changes.resize(read.count(sizeof(Uuid)));
  for (ChangedRecord& change : entry.changes) {
    change.kind = read.text();
    change.id = read.id();
    change.parent_revision = read.signed_number();
  }
  entry.sealed_for = read.id();
  const crypto::ByteView sealed = read.take(read.number<std::uint32_t>());
  entry.sealed.assign(sealed.begin(), sealed.end());
  read.end();
  return entry;
}

crypto::Digest chain_hash(const crypto::Digest& before, crypto::ByteView body) {
  return crypto::Sha256().update(before).update(body).digest();
}

}  // namespace renraku::access
