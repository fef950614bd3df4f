#include "exchange/accounts/account_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <renraku/described/member.hpp>
#include <set>

#include "crypto/legacy_hash.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "domain/factors/factors.hpp"
#include "domain/members/members.hpp"
#include "domain/organisations/organisations.hpp"
#include "text/fold.hpp"

namespace renraku::exchange {
namespace {

struct Named {
  std::string_view canonical;
  std::array<std::string_view, 4> aliases;
  bool needed;
};
// In the order of AccountColumn.
constexpr std::array<Named, 7> names{{
    {"ID", {"ログインID", "利用者ID", "ユーザーID", "アカウント"}, true},
    {"氏名", {"名前", "利用者名", "職員名"}, true},
    {"職種", {"資格"}, true},
    {"役割", {"権限", "ロール"}, false},
    {"事業所", {"所属", "事業所名", "所属名", "機関名"}, false},
    {"パスワード", {"初期パスワード"}, false},
    {"パスワードハッシュ", {"ハッシュ"}, false},
}};

template <class Value>
struct Word {
  std::string_view text;
  Value meaning;
};

constexpr auto professions = std::to_array<Word<Profession>>({
    {"医師", Profession::physician},
    {"歯科医師", Profession::physician},
    {"看護師", Profession::nurse},
    {"准看護師", Profession::nurse},
    {"保健師", Profession::nurse},
    {"薬剤師", Profession::pharmacist},
    {"介護ヘルパー", Profession::home_helper},
    {"ヘルパー", Profession::home_helper},
    {"訪問介護員", Profession::home_helper},
    {"介護福祉士", Profession::home_helper},
    {"ケアマネージャー", Profession::care_manager},
    {"ケアマネジャー", Profession::care_manager},
    {"介護支援専門員", Profession::care_manager},
    {"行政職員", Profession::city_officer},
    {"指令台", Profession::fire_dispatcher},
    {"救急隊員", Profession::ambulance_crew},
    {"認定調査員", Profession::care_need_assessor},
    {"リハビリ職", Profession::therapist},
    {"理学療法士", Profession::therapist},
    {"作業療法士", Profession::therapist},
    {"言語聴覚士", Profession::therapist},
    {"栄養士", Profession::dietitian},
    {"管理栄養士", Profession::dietitian},
});
constexpr auto roles = std::to_array<Word<Role>>({
    {"専門職", Role::professional},
    {"名簿担当", Role::roster_officer},
    {"管理者", Role::administrator},
    {"事業所管理者", Role::office_administrator},
    {"避難支援等関係者", Role::receiver},
});

// By the Japanese word in any spelling, or by the name that the API has.
template <class Value, std::size_t count>
std::optional<Value> meaning(const std::array<Word<Value>, count>& words, const std::string& text) {
  Value value{};
  if (enum_parse(text, value)) return value;
  const std::string folded = text::fold(text, text::Spaces::none);
  for (const auto& [word, meant] : words) {
    if (folded == text::fold(word, text::Spaces::none)) return meant;
  }
  return std::nullopt;
}

// Five groups of four: no letter that is read as another one, 98 bits.
std::string make_password() {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  std::array<std::uint8_t, 1> byte{};
  while (password.size() < 24) {
    if (password.size() % 5 == 4) password += '-';
    crypto::fill_random(byte);
    // The rest of 256 would make the first letters likelier.
    if (byte[0] < 256 / letters.size() * letters.size())
      password += letters[byte[0] % letters.size()];
  }
  return password;
}

std::string without_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

}  // namespace

AccountImport::AccountImport(const std::filesystem::path& file,
                             const AccountImportOptions& options) {
  const auto source = roster::open_csv_file(file, options.encoding);
  read_header(*source);
  roster::RawRow raw;
  std::set<std::string> logins;
  while (source->next(raw)) {
    if (raw.blank) continue;
    if (++report_.rows > rows_max) {
      throw Error(ErrorCode::too_large,
                  fmt::format("a list of accounts has at most {} rows", rows_max), "rows");
    }
    auto row = read_row(raw);
    if (!row) continue;
    if (!logins.insert(access::login_key(row->member.login)).second) {
      reject(row->line, names[0].canonical, "exists");
      continue;
    }
    rows_.push_back(*std::move(row));
  }
  report_.encoding = source->encoding();
}

void AccountImport::read_header(roster::RowSource& source) {
  roster::RawRow header;
  while (source.next(header)) {
    if (!header.blank) break;
  }
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string found = text::fold(header.cells[i], text::Spaces::none);
    for (std::size_t column = 0; column < names.size(); ++column) {
      const auto is_it = [&](std::string_view name) {
        return !name.empty() && text::fold(name, text::Spaces::none) == found;
      };
      if (is_it(names[column].canonical) || std::ranges::any_of(names[column].aliases, is_it)) {
        places_[column] = i;
      }
    }
  }
  for (std::size_t column = 0; column < names.size(); ++column) {
    if (!names[column].needed || places_[column]) continue;
    throw Error(
        ErrorCode::missing,
        fmt::format("there is no column {}; needed are ID, 氏名 and 職種", names[column].canonical),
        std::string(names[column].canonical));
  }
}

std::string AccountImport::cell(const roster::RawRow& raw, AccountColumn column) const {
  const auto place = places_[static_cast<std::size_t>(column)];
  if (!place || *place >= raw.cells.size()) return {};
  return without_spaces(raw.cells[*place]);
}

std::optional<AccountImport::Row> AccountImport::read_row(const roster::RawRow& raw) {
  Row row;
  row.line = raw.line;
  row.member.login = cell(raw, AccountColumn::login);
  row.member.name = cell(raw, AccountColumn::name);
  row.member.password = cell(raw, AccountColumn::password);
  row.organisation_name = cell(raw, AccountColumn::organisation);
  row.hash = cell(raw, AccountColumn::hash);
  row.is_legacy = !row.hash.empty();
  const std::string role = cell(raw, AccountColumn::role);
  const auto profession = meaning(professions, cell(raw, AccountColumn::profession));
  const auto meant = role.empty() ? Role::professional : meaning(roles, role);
  const auto refuse = [&](AccountColumn column, std::string_view reason) {
    reject(raw.line, names[static_cast<std::size_t>(column)].canonical, reason);
    return std::nullopt;
  };
  if (raw.torn) return reject(raw.line, {}, "invalid"), std::nullopt;
  if (row.member.login.empty()) return refuse(AccountColumn::login, "missing");
  if (row.member.name.empty()) return refuse(AccountColumn::name, "missing");
  if (!profession) return refuse(AccountColumn::profession, "invalid");
  if (!meant || *meant == Role::service_administrator) {
    return refuse(AccountColumn::role, "invalid");
  }
  if (row.is_legacy && !crypto::is_legacy_hash(row.hash)) {
    return refuse(AccountColumn::hash, "invalid");
  }
  row.member.profession = *profession;
  row.member.roles = {*meant};
  return row;
}

void AccountImport::reject(std::int64_t line, std::string_view column, std::string_view reason) {
  report_.rejected.push_back({line, std::string(column), std::string(reason)});
}

void AccountImport::check(access::Permit& permit) {
  keep_possible(permit);
  report_.added = static_cast<std::int64_t>(rows_.size());
  permit.note(fmt::format("checked rows={} rejected={}", report_.rows, report_.rejected.size()));
}

void AccountImport::keep_possible(access::Permit& permit) {
  std::erase_if(rows_, [&](Row& row) { return !is_possible(permit, row); });
}

bool AccountImport::is_possible(access::Permit& permit, Row& row) {
  const auto refuse = [&](AccountColumn column, std::string_view reason) {
    reject(row.line, names[static_cast<std::size_t>(column)].canonical, reason);
    return false;
  };
  if (permit.scope().office) {
    row.member.organisation = *permit.scope().office;
    if (row.member.roles.front() != Role::professional) {
      return refuse(AccountColumn::role, "not_permitted");
    }
  } else if (!row.organisation_name.empty()) {
    const auto found = domain::find_organisation_by_name(permit, row.organisation_name);
    if (!found) return refuse(AccountColumn::organisation, "not_found");
    row.member.organisation = *found;
  } else if (row.member.roles.front() == Role::office_administrator ||
             row.member.roles.front() == Role::receiver) {
    return refuse(AccountColumn::organisation, "missing");
  }
  if (domain::is_login_taken(permit, row.member.login)) {
    return refuse(AccountColumn::login, "exists");
  }
  if (row.is_legacy || row.member.password.empty()) return true;
  try {
    crypto::check_password_rule(row.member.password, false);
  } catch (const Error&) {
    return refuse(AccountColumn::password, "invalid");
  }
  return true;
}

void AccountImport::hash_passwords(const crypto::Argon2Cost& cost) {
  for (Row& row : rows_) {
    if (row.is_legacy) continue;
    if (row.member.password.empty()) {
      row.member.password = make_password();
      report_.issued.push_back({row.line, row.member.login, row.member.password});
    }
    row.hash = crypto::hash_password(row.member.password, cost);
  }
}

void AccountImport::write(access::Permit& permit) {
  keep_possible(permit);
  for (const Row& row : rows_) {
    const Member added = domain::add_member(permit, row.member, row.hash);
    if (row.is_legacy) domain::set_legacy_hash(permit, added.id, row.hash);
  }
  report_.added = static_cast<std::int64_t>(rows_.size());
  std::erase_if(report_.issued, [&](const IssuedPassword& issued) {
    return std::ranges::none_of(rows_, [&](const Row& row) { return row.line == issued.line; });
  });
  permit.note(fmt::format("rows={} added={} rejected={}", report_.rows, report_.added,
                          report_.rejected.size()));
}

}  // namespace renraku::exchange
