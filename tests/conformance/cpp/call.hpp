// One call of a scenario through the C++ API, and the tables of them by noun.
#pragma once

#include <optional>
#include <renraku/described/member.hpp>
#include <renraku/json.hpp>
#include <renraku/renraku.hpp>

#include "lines.hpp"

namespace conformance {

using namespace renraku;

struct World {
  std::optional<Store> store;
  std::map<std::string, Session> sessions;
};

struct Call {
  World& world;
  std::string as;
  const json::object& with;

  [[nodiscard]] Store& store() const { return world.store.value(); }
  [[nodiscard]] Session& session() const { return world.sessions.at(as); }
  json::value keep(Session session) const;

  [[nodiscard]] std::string text(std::string_view name) const { return text_of(with, name); }
  /// The argument of that name, or its default where the scenario gives none.
  template <class T>
  [[nodiscard]] T get(std::string_view name) const {
    const json::value* given = with.if_contains(name);
    if (!given) return {};
    try {
      return from_json<T>(json::serialize(*given));
    } catch (const Error& error) {
      // In C++ an argument has a type, so what is no value of it gets no further than this.
      if (!error.field().empty()) throw;
      throw Error(error.code(), error.what(), std::string(name));
    }
  }
  template <class Record>
  [[nodiscard]] Id<Record> id() const {
    return get<Id<Record>>("id");
  }
  [[nodiscard]] Id<Patient> patient() const { return get<Id<Patient>>("patient"); }
  [[nodiscard]] std::int64_t revision() const { return get<std::int64_t>("revision"); }
  [[nodiscard]] PageRequest page() const {
    PageRequest request;
    if (with.contains("after")) request.after = text("after");
    if (with.contains("size")) request.size = get<int>("size");
    return request;
  }
};

template <class T>
json::value plain(const T& value) {
  return json::parse(to_json(value));
}
template <class Item>
json::value plain(const Page<Item>& page) {
  return {{"items", plain(page.items)}, {"next", page.next}};
}
template <class Item>
json::value all(const std::vector<Item>& items) {
  return plain(Page<Item>{items, {}});
}

inline json::value Call::keep(Session session) const {
  const Member member = session.member();
  world.sessions.insert_or_assign(as, std::move(session));
  return plain(member);
}

inline const json::value nothing = json::object{};

extern const Table<Call> account_calls;
extern const Table<Call> roster_calls;
extern const Table<Call> story_calls;
extern const Table<Call> care_calls;
extern const Table<Call> disclosure_calls;
extern const Table<Call> trust_calls;

}  // namespace conformance
