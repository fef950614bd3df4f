// A person who exists nowhere else is planted in every field of every record. Afterwards none of
// the person's words may stand in a file of the store, in an error's text, in a line of the log, on
// a standard stream or in a temporary file: neither as written nor in another encoding, nor folded
// for searching.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "text/address.hpp"
#include "text/encoding.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> words{"鳥居坂麗奈衛門", "トリイザカレナエモン", "0298765432",
                                     "架空郡鳥羽多町八百八番地九号", "カナリヤの備考です"};

std::string utf16(const std::string& utf8, bool big_endian) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = text::next_code_point(utf8, at);
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xff);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

/// Every form in which a word could leak.
std::vector<std::string> forms() {
  std::vector<std::string> all;
  for (const std::string& word : words) {
    all.insert(all.end(), {word, utf16(word, false), utf16(word, true), text::fold(word),
                           text::search_text(word), text::address_key(word)});
    text::EncodingLoss loss;
    text::encode_cp932(word, all.emplace_back(), loss);
  }
  std::erase_if(all, [](const std::string& form) { return form.size() < 6; });
  return all;
}

/// The first form that the bytes hold; empty when there is none.
std::string leak(const std::string& bytes) {
  for (const std::string& form : forms()) {
    if (bytes.find(form) != std::string::npos) return form;
  }
  return {};
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Files of the folder that are open but have no name any more: how many bytes they hold.
std::uintmax_t nameless_files_must_not_tell(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (!target.starts_with(folder.string()) || !target.ends_with(" (deleted)")) continue;
    bytes += fs::file_size(entry.path());
    BOOST_TEST(leak(content(entry.path())).empty(), target);
  }
  return bytes;
}

void files_must_not_tell(const fs::path& folder, int at_least) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    BOOST_TEST(leak(content(entry.path())).empty(), entry.path().filename());
    BOOST_TEST(leak(entry.path().string()).empty());
  }
  BOOST_TEST(files >= at_least);
}

/// Nor a secret, a sign-in name or what people called a key slot.
void log_must_not_tell(const std::string& log) {
  for (const char* said : {"was made", "was opened", "held off", "was closed"}) {
    BOOST_TEST(log.find(said) != std::string::npos, said);
  }
  BOOST_TEST(leak(log).empty(), log);
  for (const std::string kept : {passphrase, password, "kanri", "情報政策課", "金庫"}) {
    BOOST_TEST(log.find(kept) == std::string::npos, kept);
  }
}

/// Sends both standard streams into a file as long as it lives.
class CapturedStreams {
 public:
  explicit CapturedStreams(const fs::path& file) : out_(::dup(1)), err_(::dup(2)) {
    std::FILE* to = std::fopen(file.c_str(), "wb");
    ::dup2(::fileno(to), 1);
    ::dup2(::fileno(to), 2);
    std::fclose(to);
  }
  CapturedStreams(const CapturedStreams&) = delete;
  CapturedStreams& operator=(const CapturedStreams&) = delete;
  ~CapturedStreams() {
    std::fflush(nullptr);
    ::dup2(out_, 1);
    ::dup2(err_, 2);
    ::close(out_);
    ::close(err_);
  }

 private:
  int out_;
  int err_;
};

Person canary() {
  Person person;
  person.name = words[0];
  person.kana = person.kana_written = words[1];
  person.birth_written = words[0];
  person.birth_date = Date{1940, 3, 5};
  person.addresses = {{AddressKind::residence, words[2], words[3]}};
  person.phones = {{PhoneKind::home, words[2], words[2]}};
  person.municipal_number = words[2];
  return person;
}

Evacuee entry_of_the_canary() {
  Evacuee entry;
  for (std::string Evacuee::*field :
       {&Evacuee::reference, &Evacuee::district, &Evacuee::reason, &Evacuee::care_level,
        &Evacuee::physical_disability, &Evacuee::intellectual_disability,
        &Evacuee::mental_disability, &Evacuee::intractable_disease, &Evacuee::medical_devices,
        &Evacuee::consent_written, &Evacuee::plan, &Evacuee::shelter, &Evacuee::supporter,
        &Evacuee::supporter_contact, &Evacuee::physician, &Evacuee::note}) {
    entry.*field = words[4] + words[0] + words[2];
  }
  entry.extra = {{words[0], words[3]}};
  return entry;
}

/// A roster from a program that is too large for memory: where it waits nothing may be read.
void import_many_rows(City& city, const Session& officer) {
  constexpr int count = 9'000;
  std::uintmax_t waiting = 0;
  ImportOptions options;
  options.dry_run = true;
  const ImportReport report = officer.roster().import_rows(
      [at = 0](std::vector<std::string>& cells) mutable {
        if (at == 0) {
          cells = {"氏名", "フリガナ", "生年月日", "住所", "電話番号", "備考"};
        } else {
          cells = {words[0], words[1], "1950-01-02", words[3] + std::to_string(at),
                   words[2], words[4]};
        }
        return at++ <= count;
      },
      options,
      [&](std::int64_t, std::int64_t, std::int64_t) {
        if (waiting == 0) waiting = nameless_files_must_not_tell(city.path());
        return true;
      });
  BOOST_TEST(report.rows == count);
  BOOST_TEST(waiting > 1'000'000u);
  files_must_not_tell(city.path(), 3);
}

/// Does what can be done, and what can't; the texts of all errors.
std::string use(City& city) {
  std::string said;
  const auto fail = [&](auto&& work) {
    const std::string text = text_of(work);
    BOOST_TEST(!text.empty(), "this should have failed");
    said += text + field_of(work) + '\n';
  };
  Session officer = city.sign_in();
  NewMember member;
  member.login = words[1];
  member.name = words[0];
  member.roles = {Role::roster_officer};
  member.password = words[3];
  const Member added_member = officer.members().add(member);
  fail([&] { return officer.members().add(member).login; });
  fail([&] { return city.store().sign_in(joso, words[1], words[4] + "x"); });
  fail([&] { return city.store().sign_in(words[0], words[0], words[0]); });
  fail([&] { return city.store().resume(words[0]); });
  fail([&] { officer.change_password(words[0], words[3]); });
  member.login = words[2];
  member.password = "鳥居坂麗奈衛門";
  fail([&] { return officer.members().add(member).login; });

  const Evacuee added = officer.evacuees().add(canary(), entry_of_the_canary());
  Person person = officer.people().view(added.person);
  person.birth_date = Date{1940, 2, 30};
  fail([&] { return officer.people().change(person).name; });
  person.birth_date.reset();
  person.revision = 7;
  fail([&] { return officer.people().change(person).name; });
  person.name = words[0] + "\xff";
  person.revision = 1;
  fail([&] { return officer.people().change(person).name; });
  const auto find = [&](std::optional<std::string> PersonFilter::*field,
                        const std::string& needle) {
    return [&officer, field, needle] {
      PersonFilter filter;
      filter.*field = needle;
      return officer.people().find(filter).items.size();
    };
  };
  fail(find(&PersonFilter::birth_date, words[0]));
  fail(find(&PersonFilter::phone, words[0]));
  fail(find(&PersonFilter::name, std::string(600, 'x') + words[0]));
  BOOST_TEST(find(&PersonFilter::name, words[0])() == 1u);
  BOOST_TEST(find(&PersonFilter::phone, words[2])() == 1u);
  PageRequest request;
  request.after = words[0];
  fail([&] { return officer.evacuees().list({}, request).next; });
  fail([&] { return officer.journal().list({}, request).next; });
  fail([&] { return Uuid::parse(words[0]).text(); });
  fail([&] { return Date::parse(words[0]).text(); });

  // A row that is taken, one that says it otherwise, and one that can't be taken and is kept.
  const std::vector<std::vector<std::string>> rows{
      {"管理番号", "氏名", "フリガナ", "生年月日", "性別", "住所", "電話番号", "備考", words[0]},
      {"1", words[0], words[1], "1950-01-02", "女", words[3], words[2], words[4], words[4]},
      {"2", words[0], words[1], "1950-01-02", "女", words[3] + "甲", words[2], words[4], words[0]},
      {"3", words[0], words[1], words[4], words[0], words[3], words[2], words[4], words[4]}};
  ImportOptions options;
  options.accept_large = true;
  const ImportReport report = officer.roster().import_rows(
      [&rows, at = std::size_t{0}](std::vector<std::string>& cells) mutable {
        if (at == rows.size()) return false;
        cells = rows[at++];
        return true;
      },
      options);
  BOOST_TEST(report.added == 1);
  BOOST_TEST(report.rejected.size() == 1u);
  fail([&] { return officer.roster().mend_open_row(officer.roster().open_rows().items.at(0)); });

  import_many_rows(city, officer);

  Municipality settings = officer.municipalities().view();
  settings.label_red = words[0];
  settings.name = words[0];
  officer.municipalities().change(settings);
  fail([&] { return officer.municipalities().change(settings).name; });
  Protection protection;
  protection.ground = words[4];
  protection.officers = {added_member.id};
  officer.people().protect(added.person, 1, protection);
  fail([&] { return officer.people().protect(added.person, 2, std::nullopt).name; });
  static_cast<void>(officer.journal().history(added.person));
  static_cast<void>(officer.evacuees().list());
  static_cast<void>(city.store().add_recovery_key("金庫"));
  fail([&] { return city.store().add_recovery_key("金庫"); });
  fail([&] { city.store().change_passphrase(Passphrase{words[0]}, Passphrase{words[1]}); });
  for (int i = 0; i < 6; ++i) {
    fail([&] { return city.store().sign_in(joso, "kanri", words[0]); });
  }
  return said;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(canary_words)

BOOST_AUTO_TEST_CASE(the_search_for_them_finds_each_form) {
  for (const std::string& form : forms()) BOOST_TEST(!leak("before" + form + "after").empty());
  BOOST_TEST(leak("nothing").empty());
  BOOST_TEST(forms().size() > 25u);
}

BOOST_AUTO_TEST_CASE(they_appear_in_no_file_no_error_and_on_no_stream) {
  TemporaryFolder temporary;
  // Temporary files, of SQLite too, would be made here.
  const fs::path temp = temporary.path() / "tmp";
  fs::create_directory(temp);
  ::setenv("TMPDIR", temp.c_str(), 1);
  ::setenv("SQLITE_TMPDIR", temp.c_str(), 1);
  const fs::path streams = temporary.path() / "streams";
  std::string said;
  {
    City city;
    {
      const CapturedStreams captured(streams);
      said = use(city);
    }
    files_must_not_tell(city.path(), 3);  // with the log, before it is merged
    BOOST_TEST(leak(said).empty(), said);
    {
      const CapturedStreams captured(streams);
      city.reopen();
      BOOST_TEST(city.store().check().sound);
      city.close();
    }
    log_must_not_tell(city.log());
    files_must_not_tell(city.path(), 2);
    files_must_not_tell(temp, 2);
  }
  BOOST_TEST(content(streams).empty(), content(streams));
  BOOST_TEST(fs::is_empty(temp));
  ::unsetenv("TMPDIR");
  ::unsetenv("SQLITE_TMPDIR");
}

BOOST_AUTO_TEST_SUITE_END()
