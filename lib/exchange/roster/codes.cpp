#include "exchange/roster/codes.hpp"

#include <renraku/described/evacuee.hpp>
#include <renraku/error.hpp>

#include "text/fold.hpp"

namespace renraku::exchange::roster {
namespace {

std::string code_key(std::string_view text) {
  return text::fold(text, text::Spaces::none);
}

template <class Meaning>
std::optional<Meaning> find(const std::map<std::string, Meaning, std::less<>>& table,
                            std::string_view text) {
  const auto found = table.find(code_key(text));
  if (found == table.end()) return std::nullopt;
  return found->second;
}

}  // namespace

Codes::Codes(const std::vector<ProfileCode>& own) {
  for (const char* text : {"男", "男性", "1", "M"}) sexes_[code_key(text)] = Sex::male;
  for (const char* text : {"女", "女性", "2", "F"}) sexes_[code_key(text)] = Sex::female;
  for (const char* text : {"同意", "同意する", "同意あり", "○", "〇", "1", "有", "はい"}) {
    consents_[code_key(text)] = Consent::granted;
  }
  for (const char* text : {"不同意", "同意しない", "×", "2", "拒否"}) {
    consents_[code_key(text)] = Consent::refused;
  }
  for (const char* text : {"", "未確認", "未回答", "保留"}) {
    consents_[code_key(text)] = Consent::unknown;
  }
  for (const ProfileCode& code : own) {
    const auto column = column_called(code.column);
    const bool known =
        (column == Column::sex && enum_parse(code.meaning, sexes_[code_key(code.text)])) ||
        (column == Column::consent && enum_parse(code.meaning, consents_[code_key(code.text)]));
    if (!known) {
      throw Error(ErrorCode::invalid, "the profile has a code that means nothing here", "profile");
    }
  }
}

std::optional<Sex> Codes::sex(std::string_view text) const {
  return find(sexes_, text);
}

std::optional<Consent> Codes::consent(std::string_view text) const {
  return find(consents_, text);
}

void CodeCounts::count(Column column, std::string_view text, std::string_view meaning) {
  const auto key = std::make_pair(column, std::string(text));
  const auto found = counts_.find(key);
  if (found != counts_.end()) {
    ++found->second.second;
  } else if (counts_.size() < texts_max) {
    counts_.emplace(key, std::make_pair(std::string(meaning), 1));
  }
}

std::vector<CodeMeaning> CodeCounts::list() const {
  std::vector<CodeMeaning> list;
  for (const auto& [key, counted] : counts_) {
    list.push_back({name_of(key.first), key.second, counted.first, counted.second});
  }
  return list;
}

}  // namespace renraku::exchange::roster
