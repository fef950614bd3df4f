#include "storage/engines/postgresql/parameters.hpp"

#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr int as_text = 0;
constexpr int as_binary = 1;

/// PostgreSQL's limit of one value.
constexpr std::size_t size_max = std::size_t{1} << 30;

}  // namespace

Parameters::Parameters(std::vector<std::string> names, std::vector<Oid> types)
    : names_(std::move(names)), types_(std::move(types)) {
  const std::size_t count = names_.size();
  values_.resize(count);
  sizes_.resize(count);
  formats_.resize(count);
  own_.resize(count);
}

void Parameters::bind(std::string_view name, const Value& value, Statement::Lifetime lifetime) {
  const std::size_t at = names_.required(name);
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    bind_number(at, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    bind_contents(at, *text, lifetime);
  } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
    bind_contents(at, {reinterpret_cast<const char*>(bytes->data()), bytes->size()}, lifetime);
  } else if (std::holds_alternative<Keyed>(value)) {
    throw Error(ErrorCode::internal, "what is to be found by was not keyed");
  } else {
    bind_null(at);
  }
}

void Parameters::clear() noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) bind_null(i);
  names_.start_over();
}

std::optional<std::string_view> Parameters::value(std::size_t at) const {
  if (!values_[at]) return std::nullopt;
  return std::string_view(values_[at], static_cast<std::size_t>(sizes_[at]));
}

void Parameters::replace(std::size_t at, ByteView bytes) {
  own_[at].assign(bytes.begin(), bytes.end());
  formats_[at] = as_binary;
  values_[at] = own_[at].c_str();
  sizes_[at] = static_cast<int>(own_[at].size());
}

void Parameters::bind_null(std::size_t at) {
  values_[at] = nullptr;
}

void Parameters::bind_number(std::size_t at, std::int64_t number) {
  std::string& own = own_[at];
  formats_[at] = as_binary;
  switch (types_[at]) {
    case type_int8:
      own.clear();
      for (int shift = 56; shift >= 0; shift -= 8) own += static_cast<char>(number >> shift);
      break;
    case type_bool:
      own.assign(1, number != 0);
      break;
    case type_bytea:
      throw Error(ErrorCode::internal, "a number was bound where the statement takes bytes");
    default:
      own = std::to_string(number);
      formats_[at] = as_text;
  }
  values_[at] = own.c_str();
  sizes_[at] = static_cast<int>(own.size());
}

void Parameters::bind_contents(std::size_t at, std::string_view contents,
                               Statement::Lifetime lifetime) {
  if (!is_text(types_[at]) && !takes_bytes(types_[at])) {
    throw Error(ErrorCode::internal, "text or bytes were bound where the statement takes a number");
  }
  if (contents.size() > size_max) {
    throw Error(ErrorCode::too_large, "the value is larger than a row can hold");
  }
  if (lifetime == Statement::Lifetime::this_call || contents.empty()) {
    // An empty view may hold no pointer, which libpq would take for NULL.
    own_[at].assign(contents);
    contents = own_[at];
  }
  formats_[at] = as_binary;
  values_[at] = contents.data();
  sizes_[at] = static_cast<int>(contents.size());
}

}  // namespace renraku::storage::postgresql
