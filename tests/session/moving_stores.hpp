// Two stores, of which one gives the other a municipality.
#pragma once

#include <filesystem>
#include <renraku/moving.hpp>
#include <string>

#include "fixture/everything.hpp"
#include "fixture/expect.hpp"
#include "fixture/totp.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#endif

namespace renraku::fixture {

inline constexpr const char* hitachi = "082023";
inline constexpr const char* tsuchiura = "082031";
inline const Secret secret = Passphrase{passphrase};
inline const Secret other_secret = Passphrase{"移った先の金庫 五番"};

/// A resident and what is noted of it.
inline void add_resident(const Session& officer, const std::string& name) {
  Evacuee entry;
  entry.note = name + "の覚え";
  officer.evacuees().add(resident(name, "ヒミツ"), entry);
}

/// A store that holds 土浦市, to which others move; closed.
struct Place {
  TemporaryFolder folder;
  std::string address = (folder.path() / "there.renraku").string();

  virtual ~Place() = default;
  void make(const StoreOptions& like) {
    options = like;
    options.home = folder.path();
    Store store = create_store(address, other_secret, "先", options, City::cheap());
    store.add_municipality(municipality(tsuchiura, "土浦市"));
    add_resident(store.sign_in(tsuchiura, "kanri", password), "土浦 住子");
  }
  [[nodiscard]] Store open() const {
    return open_store(address, other_secret, options, City::cheap());
  }

  StoreOptions options;
};

/// On the other engine than the tests' stores, where there is one.
struct Elsewhere : Place {
  Elsewhere() {
#ifdef RENRAKU_POSTGRESQL
    if (on_a_server() || !PostgresServer::is_installed()) return;
    address = PostgresServer::shared().new_database();
#endif
  }
};

/// A store of two municipalities, of which the one that did everything moves; open.
template <class There>
struct Moving {
  TemporaryFolder archives;
  City city;
  There there;

  Moving() {
    city.store().add_municipality(municipality(hitachi, "日立市"));
    add_resident(elsewhere(), "残留 秘子");
    there.make(city.options());
  }
  /// What not every test needs, because it takes a while.
  void do_everything() {
    use_everything(city);
    const Session officer = city.sign_in();
    Organisation centre;
    centre.kind = OrganisationKind::commissioned_welfare;
    centre.name = "架空民児協";
    centre.districts = {"東区"};
    officer.organisations().add(centre);
    const Evacuee leaving = officer.evacuees().add(resident("消す人", "ケスヒト"), {});
    officer.people().erase(leaving.person, ErasureReason::request);
    city.move_clock(std::chrono::hours(24 * 40));
    Date month = Date::in_japan(city.now());
    month.day = 0;
    city.store().archive_journal(month, archives.path());
    add_resident(city.sign_in(), "移住 花子");
    accept_the_services_application(city);
    use_what_lasts_for_a_while();
  }
  void use_what_lasts_for_a_while() {
    const Session keyed = city.member("kagi", Role::professional);
    const TotpEnrolment enrolment = keyed.factors().begin_totp();
    keyed.factors().confirm_totp(totp_code(enrolment.secret, city.now()));
    static_cast<void>(keyed.factors().new_recovery_codes());
    const Session officer = city.sign_in();
    SignIn input;
    input.municipality = joso;
    input.login = "kanri";
    input.password = password;
    input.remember_device = true;
    static_cast<void>(city.store().sign_in(input));
    const ApplicationKey key = make_application_key();
    Application application;
    application.name = "架空連携";
    application.public_key = key.public_key;
    application.professions = {Profession::city_officer};
    application.actions = {"municipality_view"};
    application.members = {officer.member().id};
    application.expires = {city.now().micros + 1'000'000'000};
    application = officer.applications().register_application(application);
    Assertion assertion;
    assertion.application = application.id;
    assertion.municipality = joso;
    assertion.login = "kanri";
    assertion.issued_at = city.now();
    assertion.factors = {AssertedFactor::password};
    spent = make_assertion(assertion, key.private_key);
    static_cast<void>(city.store().act_as(spent).municipalities().view());
  }
  /// An assertion that was used.
  std::string spent;
  [[nodiscard]] Session elsewhere() { return city.store().sign_in(hitachi, "kanri", password); }
  [[nodiscard]] MoveOptions options() const {
    MoveOptions made;
    made.options = city.options();
    made.other = there.options;
    return made;
  }
  CopyReport move(const MoveOptions& with, const char* code = joso) const {
    return copy_municipality(city.address(), secret, there.address, other_secret, code, with);
  }
  CopyReport move() const { return move(options()); }
  [[nodiscard]] StoreComparison compare() const {
    return compare_municipality(city.address(), secret, there.address, other_secret, joso,
                                options());
  }
  /// A call of its members, where they were.
  [[nodiscard]] std::string refusal() {
    return field_of([&] { return city.sign_in().evacuees().list().items.size(); });
  }
};

}  // namespace renraku::fixture
