// One call of a scenario through the C API alone: JSON becomes C structs, renraku_* is called, and
// what it shows becomes JSON again. The tables of calls by noun.
#pragma once

#include "c/answers.hpp"

namespace conformance {

using Store = std::unique_ptr<renraku_store, decltype(&renraku_store_free)>;
using Session = std::unique_ptr<renraku_session, decltype(&renraku_session_free)>;

struct World {
  Store store{nullptr, renraku_store_free};
  std::map<std::string, Session> sessions;
};

struct Call {
  World& world;
  std::string as;
  const json::object& with;
  Arena arena{};

  [[nodiscard]] renraku_store* store() const { return world.store.get(); }
  [[nodiscard]] renraku_session* session() const { return world.sessions.at(as).get(); }
  [[nodiscard]] const char* text(std::string_view name) {
    return arena.text(std::string_view(with.at(name).as_string()));
  }
  [[nodiscard]] const char* id() { return text("id"); }
  [[nodiscard]] std::int64_t revision() const { return with.at("revision").to_number<int64_t>(); }
  /// NULL where the scenario gives none.
  template <class Struct>
  [[nodiscard]] const Struct* get(std::string_view name) {
    const Struct* out = nullptr;
    if (const json::value* given = with.if_contains(name)) read(*given, out, arena);
    return out;
  }
  [[nodiscard]] const renraku_page_request* page() {
    auto* request = arena.make<renraku_page_request>(1);
    renraku_struct_init(request, sizeof(*request));
    if (with.contains("after")) request->after = text("after");
    if (with.contains("size")) request->size = with.at("size").to_number<std::int32_t>();
    return request;
  }

  template <class Function, class... Given>
  json::value keep(Function function, Given... given) const {
    renraku_session* opened = nullptr;
    done(function, store(), given..., &opened);
    world.sessions.insert_or_assign(as, Session(opened, renraku_session_free));
    return one<renraku_member_page>(renraku_session_member, session());
  }
};

extern const Table<Call> account_calls;
extern const Table<Call> roster_calls;
extern const Table<Call> story_calls;
extern const Table<Call> care_calls;
extern const Table<Call> disclosure_calls;
extern const Table<Call> trust_calls;

}  // namespace conformance
