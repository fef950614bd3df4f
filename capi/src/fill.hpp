// From C++ to C: structs that show a record.
#pragma once

#include <cstring>
#include <memory_resource>
#include <type_traits>

#include "record.hpp"

namespace renraku::capi {

/// Memory for what the C structs of one answer need beside the records themselves; all of it goes
/// at once.
class Arena {
 public:
  [[nodiscard]] const char* text(std::string_view text) {
    char* copy = make<char>(text.size() + 1);
    text.copy(copy, text.size());
    return copy;
  }
  /// `count` objects, all zero.
  template <class T>
  [[nodiscard]] T* make(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t size = count * sizeof(T);  // NOLINT(bugprone-sizeof-expression): or pointers
    return static_cast<T*>(std::memset(memory_.allocate(size, alignof(T)), 0, size));
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

template <DescribedRecord Record>
void fill_c(CStruct<Record>& out, const Record& record, Arena& arena);

/// What `value` is in C. Texts are borrowed from `value`, everything else is the arena's; absent
/// and "none" are NULL.
template <class T>
CForm<T> to_c(const T& value, Arena& arena) {
  if constexpr (std::same_as<T, std::string>) {
    return value.c_str();
  } else if constexpr (AnyId<T>) {
    return value ? arena.text(value.text()) : nullptr;
  } else if constexpr (std::same_as<T, Date>) {
    return arena.text(value.text());
  } else if constexpr (DescribedEnum<T>) {
    return enum_name(value).data();  // a literal, so it ends with NUL
  } else if constexpr (std::same_as<T, Instant>) {
    return value.micros;
  } else if constexpr (DescribedRecord<T>) {
    auto* out = arena.make<CStruct<T>>(1);
    fill_c(*out, value, arena);
    return out;
  } else if constexpr (is_list<T>) {
    auto* items = arena.make<CForm<typename T::value_type>>(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) items[i] = to_c(value[i], arena);
    return items;
  } else if constexpr (std::is_pointer_v<CForm<T>>) {  // an optional
    return value ? to_c(*value, arena) : nullptr;
  } else {
    return value;
  }
}

template <DescribedRecord Record>
void fill_c(CStruct<Record>& out, const Record& record, Arena& arena) {
  out.struct_size = sizeof(out);
  for_each_field<Record>([&]<class Field>(Field) {
    const auto& value = record.*Field::pointer;
    out.*member_of<CStruct<Record>, Field> = to_c(value, arena);
    if constexpr (is_list<FieldType<Record, Field>>) {
      out.*count_of<CStruct<Record>, Field> = value.size();
    }
  });
}

}  // namespace renraku::capi
