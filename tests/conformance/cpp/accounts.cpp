// Who signs in, where, and how: municipality, members, session, factors.
#include <renraku/described/account.hpp>
#include <renraku/described/factor.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>

#include "cpp/call.hpp"

namespace conformance {
namespace {

json::value sign_in_with(Call& c) {
  SignedIn in = c.store().sign_in(c.get<SignIn>("input"));
  return json::object{{"member", c.keep(std::move(in.session))},
                      {"second_factor", enum_name(in.second_factor)},
                      {"recoveries", plain(in.recoveries)}};
}

}  // namespace

const Table<Call> account_calls{
    {"municipality.view", [](Call& c) { return plain(c.session().municipalities().view()); }},
    {"municipality.change",
     [](Call& c) {
       return plain(c.session().municipalities().change(c.get<Municipality>("changed")));
     }},
    {"municipality.require_two_factor",
     [](Call& c) {
       return plain(c.session().municipalities().require_two_factor(c.get<TwoFactor>("wanted")));
     }},
    {"municipality.index_texts",
     [](Call& c) {
       return plain(c.session().municipalities().index_texts(c.get<bool>("wanted")));
     }},
    {"members.add",
     [](Call& c) { return plain(c.session().members().add(c.get<NewMember>("input"))); }},
    {"members.list", [](Call& c) { return plain(c.session().members().list(c.page())); }},
    {"members.view", [](Call& c) { return plain(c.session().members().view(c.id<Member>())); }},
    {"members.change",
     [](Call& c) { return plain(c.session().members().change(c.get<Member>("changed"))); }},
    {"members.suspend",
     [](Call& c) { return plain(c.session().members().suspend(c.id<Member>())); }},
    {"members.restore",
     [](Call& c) { return plain(c.session().members().restore(c.id<Member>())); }},
    {"members.colleagues",
     [](Call& c) {
       return plain(c.session().members().colleagues(c.get<ColleagueFilter>("filter"), c.page()));
     }},
    {"members.reset_password",
     [](Call& c) {
       c.session().members().reset_password(c.id<Member>(), c.text("password"));
       return nothing;
     }},
    {"members.import_accounts",
     [](Call& c) {
       return plain(c.session().members().import_accounts(c.text("file"),
                                                          c.get<AccountImportOptions>("options")));
     }},
    {"session.sign_in",
     [](Call& c) {
       return c.keep(
           c.store().sign_in(c.text("municipality"), c.text("login"), c.text("password")));
     }},
    {"session.resume",
     [](Call& c) {
       const std::string token =
           c.with.contains("of") ? c.world.sessions.at(c.text("of")).token() : c.text("token");
       return c.keep(c.store().resume(token));
     }},
    {"session.on_behalf_of",
     [](Call& c) {
       const Session& own = c.world.sessions.at(c.text("of"));
       return c.keep(own.on_behalf_of(c.get<Id<Member>>("colleague")));
     }},
    {"session.member", [](Call& c) { return plain(c.session().member()); }},
    {"session.change_password",
     [](Call& c) {
       c.session().change_password(c.text("current"), c.text("replacement"));
       return nothing;
     }},
    {"session.sign_out",
     [](Call& c) {
       c.session().sign_out();
       return nothing;
     }},
    {"session.sign_in_with", sign_in_with},
    {"session.sign_in_by_certificate", sign_in_with},
    {"session.reauthenticate",
     [](Call& c) {
       c.session().reauthenticate(c.text("proof"));
       return nothing;
     }},
    {"factors.view",
     [](Call& c) { return plain(c.session().factors().view(c.get<Id<Member>>("member"))); }},
    {"factors.begin_totp", [](Call& c) { return plain(c.session().factors().begin_totp()); }},
    {"factors.confirm_totp",
     [](Call& c) {
       return json::object{
           {"recovery_codes", plain(c.session().factors().confirm_totp(c.text("code")))}};
     }},
    {"factors.remove_totp",
     [](Call& c) {
       c.session().factors().remove_totp();
       return nothing;
     }},
    {"factors.new_recovery_codes",
     [](Call& c) {
       return json::object{{"recovery_codes", plain(c.session().factors().new_recovery_codes())}};
     }},
    {"factors.reset",
     [](Call& c) {
       c.session().factors().reset(c.get<Id<Member>>("member"));
       return nothing;
     }},
    {"factors.bind_certificate",
     [](Call& c) {
       return plain(c.session().factors().bind_certificate(c.get<Id<Member>>("member"),
                                                           c.get<ClientCertificate>("input")));
     }},
    {"factors.certificates",
     [](Call& c) { return all(c.session().factors().certificates(c.get<Id<Member>>("member"))); }},
    {"factors.revoke_certificate",
     [](Call& c) {
       return plain(c.session().factors().revoke_certificate(c.get<Id<Member>>("member"),
                                                             c.id<Certificate>()));
     }},
    {"factors.sessions",
     [](Call& c) { return all(c.session().factors().sessions(c.get<Id<Member>>("member"))); }},
    {"factors.revoke_session",
     [](Call& c) {
       c.session().factors().revoke_session(c.get<Id<Member>>("member"), c.get<Uuid>("id"));
       return nothing;
     }},
};

}  // namespace conformance
