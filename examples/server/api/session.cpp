// Signing in and out.
#include <renraku/described/factor.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/region.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

/// What a page may say of a sign-in: where it comes from and by which certificate, we see
/// ourselves.
struct Typed {
  std::string municipality;
  std::string login;
  std::string password;
  std::string code;
  bool remember_device = false;
};
RENRAKU_DESCRIBE(Typed, municipality, login, password, code, remember_device)

struct Proof {
  std::string proof;
};
RENRAKU_DESCRIBE(Proof, proof)

struct PasswordChange {
  std::string current;
  std::string replacement;
};
RENRAKU_DESCRIBE(PasswordChange, current, replacement)

struct Me {
  Member member;
  Municipality municipality;
  /// For X-Renraku-Token.
  std::string token;
};
RENRAKU_DESCRIBE(Me, member, municipality, token)

struct SignedInAs {
  Member member;
  Municipality municipality;
  std::string token;
  FactorState second_factor{};
  std::vector<AccessRecovery> recoveries;
};
RENRAKU_DESCRIBE(SignedInAs, member, municipality, token, second_factor, recoveries)

// Who has yet to set up a second factor is shown no more than the sign-in page shows; who runs the
// service belongs to none.
Municipality municipality_of(Call& call) {
  if (call.session().member().municipality.empty()) return {};
  try {
    return call.session().municipalities().view();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_permitted) throw;
  }
  Municipality named;
  named.code = call.session().member().municipality;
  for (const ServedMunicipality& each : call.app.stores.municipalities()) {
    if (each.code == named.code) named.name = each.name;
  }
  return named;
}

std::string token_of(Call& call) {
  return call.app.change_token.of(call.session().token());
}

Answer me(Call& call) {
  return json_answer(Me{call.session().member(), municipality_of(call), token_of(call)});
}

Answer municipality_names(Call& call) {
  return json_answer(call.app.stores.municipalities());
}

// A place among those who may stretch a password at the moment.
class SignInPlace {
 public:
  explicit SignInPlace(std::counting_semaphore<>& places) : places_(places) {
    if (!places_.try_acquire_for(std::chrono::seconds(5))) {
      throw Error(ErrorCode::busy, "too many sign in at this moment; try again");
    }
  }
  SignInPlace(const SignInPlace&) = delete;
  SignInPlace& operator=(const SignInPlace&) = delete;
  ~SignInPlace() { places_.release(); }

 private:
  std::counting_semaphore<>& places_;
};

SignIn brought_by(Call& call) {
  auto typed = call.json<Typed>();
  SignIn input;
  input.municipality = std::move(typed.municipality);
  input.login = std::move(typed.login);
  input.password = std::move(typed.password);
  input.code = std::move(typed.code);
  input.remember_device = typed.remember_device;
  input.source = call.address();
  input.certificate = call.certificate();
  input.device = call.app.device_cookie.read(call.header("Cookie"));
  return input;
}

Answer sign_in(Call& call) {
  if (!call.app.sign_ins.take(call.address())) {
    throw Refusal(429, ErrorCode::back_off, "rate",
                  std::string(error_message_ja(ErrorCode::back_off)));
  }
  SignedIn in = [&] {
    const SignIn brought = brought_by(call);
    const SignInPlace place(call.app.sign_in_places);
    return call.app.stores.of(brought.municipality)->sign_in(brought);
  }();
  call.keep(std::move(in.session));
  Answer answer =
      json_answer(SignedInAs{call.session().member(), municipality_of(call), token_of(call),
                             in.second_factor, std::move(in.recoveries)});
  answer.headers.emplace_back("Set-Cookie",
                              call.app.cookie.set(call.app.stores.to_keep(call.session())));
  if (!in.device.empty()) {
    answer.headers.emplace_back("Set-Cookie", call.app.device_cookie.set(in.device));
  }
  return answer;
}

Answer prove_again(Call& call) {
  const auto input = call.json<Proof>();
  const SignInPlace place(call.app.sign_in_places);
  call.session().reauthenticate(input.proof);
  return nothing();
}

Answer sign_out(Call& call) {
  call.session().sign_out();
  Answer answer = nothing();
  answer.headers.emplace_back("Set-Cookie", call.app.cookie.clear());
  return answer;
}

Answer change_password(Call& call) {
  const auto input = call.json<PasswordChange>();
  const SignInPlace place(call.app.sign_in_places);
  call.session().change_password(input.current, input.replacement);
  return nothing();
}

}  // namespace

std::vector<Route> session_routes() {
  return {
      {"GET", "/municipalities", Access::anyone, municipality_names},
      {"POST", "/session", Access::anyone, sign_in},
      {"GET", "/session", Access::member, me},
      {"DELETE", "/session", Access::member, sign_out},
      {"POST", "/session/proof", Access::member, prove_again},
      {"POST", "/session/password", Access::member, change_password},
  };
}

}  // namespace renraku::server
