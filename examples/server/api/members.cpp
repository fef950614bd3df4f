// The members of the session's municipality.
#include <renraku/described/account.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Replacement {
  std::string password;
};
RENRAKU_DESCRIBE(Replacement, password)

Answer import_accounts(Call& call) {
  AccountImportOptions options;
  options.dry_run = call.flag("dry_run");
  options.encoding = call.query("encoding");
  ScratchFile file(call.app.scratch);
  call.stream_body(call.app.config.upload_max,
                   [&](const char* data, std::size_t size) { file.append(data, size); });
  return json_answer(call.session().members().import_accounts(file.path(), options));
}

Answer colleagues(Call& call) {
  ColleagueFilter filter;
  if (const std::string text = call.query("text"); !text.empty()) filter.text = text;
  return json_answer(call.session().members().colleagues(filter, call.page()));
}

}  // namespace

std::vector<Route> member_routes() {
  return {
      {"GET", "/members", Access::member,
       [](Call& call) { return json_answer(call.session().members().list(call.page())); }},
      {"POST", "/members", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().add(call.json<NewMember>()));
       }},
      {"GET", "/colleagues", Access::member, colleagues},
      {"POST", "/members/import", Access::member, import_accounts},
      {"POST", "/members/{id}/password", Access::member,
       [](Call& call) {
         call.session().members().reset_password(call.record<Member>(),
                                                 call.json<Replacement>().password);
         return nothing();
       }},
      {"GET", "/members/{id}", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().view(call.record<Member>()));
       }},
      {"PUT", "/members/{id}", Access::member,
       [](Call& call) {
         auto changed = call.json<Member>();
         changed.id = call.record<Member>();
         return json_answer(call.session().members().change(changed));
       }},
      {"POST", "/members/{id}/suspend", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().suspend(call.record<Member>()));
       }},
      {"POST", "/members/{id}/restore", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().restore(call.record<Member>()));
       }},
  };
}

}  // namespace renraku::server
