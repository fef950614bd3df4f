// make_city ADDRESS KEYFILE: a store for the tests of the server, with 常総市, three members, 120
// residents, one whose whereabouts are protected, and an application that the service registered;
// and FOLDER.backups with a backup of it. Everyone is made up; nothing is random.
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <renraku/renraku.hpp>

namespace {

using namespace renraku;

constexpr const char* password = "himitsu-no-kotoba-13";

struct Word {
  const char* written;
  const char* kana;
};
constexpr std::array<Word, 12> families{{{"秋山", "アキヤマ"},
                                         {"石塚", "イシツカ"},
                                         {"海老原", "エビハラ"},
                                         {"小野瀬", "オノセ"},
                                         {"草間", "クサマ"},
                                         {"髙﨑", "タカサキ"},
                                         {"中茎", "ナカクキ"},
                                         {"沼尻", "ヌマジリ"},
                                         {"羽田", "ハネダ"},
                                         {"古矢", "フルヤ"},
                                         {"渡邉", "ワタナベ"},
                                         {"吉原", "ヨシハラ"}}};
constexpr std::array<Word, 10> given{{{"ハナ", "ハナ"},
                                      {"正雄", "マサオ"},
                                      {"静江", "シズエ"},
                                      {"勇", "イサム"},
                                      {"トミ子", "トミコ"},
                                      {"清", "キヨシ"},
                                      {"美代", "ミヨ"},
                                      {"茂", "シゲル"},
                                      {"きくえ", "キクエ"},
                                      {"武", "タケシ"}}};
constexpr std::array reasons{"独居高齢者", "要介護認定", "身体障害", "難病", "高齢者のみの世帯"};
constexpr std::array levels{"要介護3", "", "要支援2", "要介護5", "要介護1", ""};
constexpr std::array districts{"水海道", "豊岡", "菅原", "石下", "大生"};

Person person(std::size_t i) {
  const Word& family = families[i % families.size()];
  const Word& first = given[i / families.size() % given.size()];
  Person made;
  made.name = std::string(family.written) + "　" + first.written;
  made.kana = std::string(family.kana) + "　" + first.kana;
  made.birth_date =
      Date{static_cast<std::int16_t>(1928 + i * 7 % 30), static_cast<std::uint8_t>(1 + i % 12),
           static_cast<std::uint8_t>(1 + i % 28)};
  made.sex = i / families.size() % 2 == 0 ? Sex::female : Sex::male;
  const std::string number = std::to_string(i + 1);
  made.addresses = {{AddressKind::residence, "3030001",
                     "茨城県常総市" + std::string(districts[i % 5]) + "架空町" + number + "番地"}};
  const std::string digits = "0297" + std::string(6 - number.size(), '0') + number;
  made.phones = {{PhoneKind::home, digits, digits}};
  made.municipal_number = std::to_string(1'000'000 + i);
  return made;
}

Evacuee entry(std::size_t i) {
  Evacuee made;
  made.reference = std::string(i + 1 < 10 ? "00" : i + 1 < 100 ? "0" : "") + std::to_string(i + 1);
  made.district = districts[i % districts.size()];
  i += i / families.size();  // so that neighbours by name differ
  made.reason = reasons[i % reasons.size()];
  made.care_level = levels[i % levels.size()];
  made.consent = static_cast<Consent>(i % 4 == 0 ? 0 : i % 4 == 3 ? 2 : 1);
  if (made.consent == Consent::granted) made.consent_date = Date{2025, 6, 2};
  made.label = static_cast<Label>(i % 5 < 4 ? i % 5 : 0);
  made.shelter = "架空第二小学校";
  made.supporter = "架空町自治会";
  made.physician = "架空内科医院";
  if (i % 6 == 3) made.medical_devices = "人工呼吸器（停電時は 4 時間）";
  return made;
}

NewMember member(const char* login, const char* name, std::vector<Role> roles) {
  NewMember made;
  made.login = login;
  made.name = name;
  made.roles = std::move(roles);
  made.password = password;
  return made;
}

void fill(Store& store) {
  NewMunicipality city;
  city.code = "082112";
  city.name = "常総市";
  city.administrator = member("kanri", "市民 太郎", {Role::administrator, Role::roster_officer});
  store.add_municipality(city);
  Session officer = store.sign_in(city.code, "kanri", password);
  Municipality named = officer.municipalities().view();
  named.label_red = "最優先";
  named.label_blue = "医療機器";
  named.label_yellow = "見守り";
  officer.municipalities().change(named);
  officer.members().add(member("hoka", "架空 次郎", {Role::roster_officer}));
  officer.members().add(member("senmon", "仮名 三郎", {Role::professional}));
  for (std::size_t i = 0; i < families.size() * given.size(); ++i) {
    officer.evacuees().add(person(i), entry(i));
  }
  // A vendor whom the service knows, and the city has yet to accept.
  NewMember service = member("unyo", "運用 四郎", {Role::service_administrator});
  store.add_service_administrator(service);
  Application vendor;
  vendor.name = "架空クラウド連携";
  vendor.public_key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  vendor.municipalities = {city.code};
  vendor.professions = {Profession::nurse};
  vendor.actions = {"patient_list", "patient_view"};
  vendor.expires = {Instant::now().micros + 365 * std::int64_t{86'400'000'000}};
  store.sign_in("", service.login, password).applications().register_application(vendor);
  // The canary that must stay hidden from everyone but kanri.
  Person hidden = person(5);
  hidden.name = "秘匿　花子";
  hidden.kana = "アイトク　ハナコ";
  hidden.addresses[0].text = "茨城県常総市秘密架空町999番地";
  hidden.phones[0] = {PhoneKind::home, "0297999999", "0297-99-9999"};
  Evacuee about = entry(5);
  about.reference = "900";
  about.district = "秘密地区";
  about.shelter = "秘密避難所";
  const Evacuee added = officer.evacuees().add(hidden, about);
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {officer.member().id};
  officer.people().protect(added.person, officer.people().view(added.person).revision, protection);
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count != 3) throw Error(ErrorCode::invalid_argument, "make_city ADDRESS KEYFILE");
    HostKey key{};
    for (std::size_t i = 0; i < key.bytes.size(); ++i)
      key.bytes[i] = static_cast<std::uint8_t>(7 * i);
    std::ofstream(words[2], std::ios::binary)
        .write(reinterpret_cast<const char*>(key.bytes.data()), std::ssize(key.bytes));
    Store store = Store::create(words[1], key, "test");
    fill(store);
    if (!std::filesystem::is_directory(words[1])) return 0;  // a server has its own means
    // Still holds whom a test erases.
    const std::filesystem::path backups = std::string(words[1]) + ".backups";
    std::filesystem::create_directory(backups);
    BackupOptions kept;
    kept.keep_until = Date{2030, 3, 31};
    store.backup(backups, kept);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "make_city: %s\n", error.what());
    return 1;
  }
}
