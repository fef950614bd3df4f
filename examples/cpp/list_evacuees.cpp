// Lists the residents of a store who need help to evacuate, one a line.
//
// The store is RENRAKU_STORE, opened by RENRAKU_PASSPHRASE; the officer signs in as RENRAKU_LOGIN
// with RENRAKU_PASSWORD, in RENRAKU_MUNICIPALITY or, where that is not set, in the store's first.
// Exits with the thousands of renraku's error number: 3 wrong passphrase or sign-in, 4 not
// permitted, 5 not a store, 6 damaged.
#include <cstdlib>
#include <iostream>
#include <renraku/renraku.hpp>

namespace {

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

renraku::Session sign_in(renraku::Store& store) {
  std::string municipality = setting("RENRAKU_MUNICIPALITY");
  if (municipality.empty()) {
    const auto all = store.municipalities();
    if (!all.empty()) municipality = all.front().code;
  }
  return store.sign_in(municipality, setting("RENRAKU_LOGIN"), setting("RENRAKU_PASSWORD"));
}

void list(const renraku::Session& session) {
  renraku::PageRequest request{.after = {}, .size = renraku::page_size_max};
  do {
    const auto page = session.evacuees().list({}, request);
    for (const renraku::EvacueeLine& line : page.items) {
      std::cout << line.name << '\t' << line.kana << '\t'
                << (line.birth_date ? line.birth_date->text() : "不詳") << '\t'
                << (line.withheld ? "（非表示）" : line.phone) << '\n';
    }
    request.after = page.next;
  } while (!request.after.empty());
}

}  // namespace

int main() {
  try {
    renraku::Store store = renraku::Store::open(setting("RENRAKU_STORE"),
                                                renraku::Passphrase{setting("RENRAKU_PASSPHRASE")});
    renraku::Session session = sign_in(store);
    list(session);
    session.sign_out();
    return EXIT_SUCCESS;
  } catch (const renraku::Error& error) {
    std::cerr << renraku::error_message_ja(error.code()) << '\n'
              << error.name() << ": " << error.what() << '\n';
    return static_cast<int>(error.code()) / 1000;
  }
}
