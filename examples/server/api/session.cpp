// Signing in and out.
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct SignIn {
  std::string municipality;
  std::string login;
  std::string password;
};
RENRAKU_DESCRIBE(SignIn, municipality, login, password)

struct PasswordChange {
  std::string current;
  std::string replacement;
};
RENRAKU_DESCRIBE(PasswordChange, current, replacement)

struct MunicipalityName {
  std::string code;
  std::string name;
};
RENRAKU_DESCRIBE(MunicipalityName, code, name)

struct Me {
  Member member;
  Municipality municipality;
  /// For X-Renraku-Token.
  std::string token;
};
RENRAKU_DESCRIBE(Me, member, municipality, token)

Answer me(Call& call) {
  return json_answer(Me{call.session().member(), call.session().municipalities().view(),
                        call.app.change_token.of(call.session().token())});
}

Answer municipality_names(Call& call) {
  std::vector<MunicipalityName> names;
  for (const Municipality& each : call.app.municipalities())
    names.push_back({each.code, each.name});
  return json_answer(names);
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

Answer sign_in(Call& call) {
  if (!call.app.sign_ins.take(call.address())) {
    throw Refusal(429, ErrorCode::back_off, "rate",
                  std::string(error_message_ja(ErrorCode::back_off)));
  }
  const auto input = call.json<SignIn>();
  {
    const SignInPlace place(call.app.sign_in_places);
    call.keep(call.app.store.sign_in(input.municipality, input.login, input.password));
  }
  Answer answer = me(call);
  answer.headers.emplace_back("Set-Cookie", call.app.cookie.set(call.session().token()));
  return answer;
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
      {"POST", "/session/password", Access::member, change_password},
  };
}

}  // namespace renraku::server
