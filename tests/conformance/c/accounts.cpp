// Who signs in, where, and how: municipality, members, session, factors.
#include <sstream>

#include "c/call.hpp"

namespace conformance {
namespace {

json::value resume(Call& c) {
  if (!c.with.contains("of")) return c.keep(renraku_session_resume, c.text("token"));
  const char* token = renraku_session_token(c.world.sessions.at(text_of(c.with, "of")).get());
  return c.keep(renraku_session_resume, token);
}

json::value deputise(Call& c) {
  renraku_session* deputy = nullptr;
  done(renraku_session_on_behalf_of, c.world.sessions.at(text_of(c.with, "of")).get(),
       c.text("colleague"), &deputy);
  c.world.sessions.insert_or_assign(c.as, Session(deputy, renraku_session_free));
  return one<renraku_member_page>(renraku_session_member, deputy);
}

json::value sign_in_with(Call& c) {
  json::value member = c.keep(renraku_session_sign_in_with, c.get<renraku_sign_in>("input"));
  const auto told = list<renraku_access_recovery_page>(renraku_session_recoveries, c.session());
  return json::object{{"member", std::move(member)},
                      {"second_factor", renraku_session_second_factor(c.session())},
                      {"recoveries", told.at("items")}};
}

/// Codes come one a line.
template <class Function, class... Given>
json::value codes(Function function, Given... given) {
  const json::value lines = text("codes", function, given...);
  json::array all;
  std::istringstream in(std::string(lines.at("codes").as_string()));
  for (std::string line; std::getline(in, line);) all.emplace_back(line);
  return json::object{{"recovery_codes", std::move(all)}};
}

}  // namespace

const Table<Call> account_calls{
    {"municipality.view",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_view, c.session());
     }},
    {"municipality.change",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_change, c.session(),
                                             c.get<renraku_municipality>("changed"));
     }},
    {"municipality.require_two_factor",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_require_two_factor, c.session(),
                                             c.text("wanted"));
     }},
    {"municipality.index_texts",
     [](Call& c) {
       return one<renraku_municipality_page>(renraku_municipality_index_texts, c.session(),
                                             c.with.at("wanted").as_bool() ? 1 : 0,
                                             static_cast<const renraku_watch*>(nullptr));
     }},
    {"members.add",
     [](Call& c) {
       return one<renraku_member_page>(renraku_member_add, c.session(),
                                       c.get<renraku_new_member>("input"));
     }},
    {"members.list",
     [](Call& c) { return list<renraku_member_page>(renraku_member_list, c.session(), c.page()); }},
    {"members.view",
     [](Call& c) { return one<renraku_member_page>(renraku_member_view, c.session(), c.id()); }},
    {"members.change",
     [](Call& c) {
       return one<renraku_member_page>(renraku_member_change, c.session(),
                                       c.get<renraku_member>("changed"));
     }},
    {"members.suspend",
     [](Call& c) { return one<renraku_member_page>(renraku_member_suspend, c.session(), c.id()); }},
    {"members.restore",
     [](Call& c) { return one<renraku_member_page>(renraku_member_restore, c.session(), c.id()); }},
    {"members.colleagues",
     [](Call& c) {
       return list<renraku_colleague_page>(renraku_colleague_list, c.session(),
                                           c.get<renraku_colleague_filter>("filter"), c.page());
     }},
    {"members.reset_password",
     [](Call& c) {
       return done(renraku_member_reset_password, c.session(), c.id(), c.text("password"));
     }},
    {"members.import_accounts",
     [](Call& c) {
       return one<renraku_account_import_report_page>(
           renraku_account_import, c.session(), c.text("file"),
           c.get<renraku_account_import_options>("options"));
     }},
    {"session.sign_in",
     [](Call& c) {
       return c.keep(renraku_session_sign_in, c.text("municipality"), c.text("login"),
                     c.text("password"));
     }},
    {"session.resume", resume},
    {"session.on_behalf_of", deputise},
    {"session.member",
     [](Call& c) { return one<renraku_member_page>(renraku_session_member, c.session()); }},
    {"session.change_password",
     [](Call& c) {
       return done(renraku_session_change_password, c.session(), c.text("current"),
                   c.text("replacement"));
     }},
    {"session.sign_out", [](Call& c) { return done(renraku_session_sign_out, c.session()); }},
    {"session.sign_in_with", sign_in_with},
    {"session.sign_in_by_certificate", sign_in_with},
    {"session.reauthenticate",
     [](Call& c) { return done(renraku_session_reauthenticate, c.session(), c.text("proof")); }},
    {"factors.view",
     [](Call& c) {
       return one<renraku_factor_status_page>(renraku_factor_view, c.session(), c.text("member"));
     }},
    {"factors.begin_totp",
     [](Call& c) {
       return one<renraku_totp_enrolment_page>(renraku_factor_begin_totp, c.session());
     }},
    {"factors.confirm_totp",
     [](Call& c) { return codes(renraku_factor_confirm_totp, c.session(), c.text("code")); }},
    {"factors.remove_totp", [](Call& c) { return done(renraku_factor_remove_totp, c.session()); }},
    {"factors.new_recovery_codes",
     [](Call& c) { return codes(renraku_factor_new_recovery_codes, c.session()); }},
    {"factors.reset",
     [](Call& c) { return done(renraku_factor_reset, c.session(), c.text("member")); }},
    {"factors.bind_certificate",
     [](Call& c) {
       return one<renraku_certificate_page>(renraku_certificate_bind, c.session(), c.text("member"),
                                            c.get<renraku_client_certificate>("input"));
     }},
    {"factors.certificates",
     [](Call& c) {
       return list<renraku_certificate_page>(renraku_certificate_list, c.session(),
                                             c.text("member"));
     }},
    {"factors.revoke_certificate",
     [](Call& c) {
       return one<renraku_certificate_page>(renraku_certificate_revoke, c.session(),
                                            c.text("member"), c.id());
     }},
    {"factors.sessions",
     [](Call& c) {
       return list<renraku_login_session_page>(renraku_session_list, c.session(), c.text("member"));
     }},
    {"factors.revoke_session",
     [](Call& c) { return done(renraku_session_revoke, c.session(), c.text("member"), c.id()); }},
};

}  // namespace conformance
