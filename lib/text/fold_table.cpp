#include "text/fold_table.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <memory>
#include <renraku/error.hpp>

#include "text/kana.hpp"
#include "text/kanji_variants.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

const icu::Normalizer2& normalizer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) {
    throw Error(ErrorCode::internal, "ICU has no NFKC_Casefold data; install ICU's full data");
  }
  return *found;
}

/// The one character that `c` normalises to wherever it stands; complex or dropped otherwise.
char32_t normalised_alone(const icu::Normalizer2& nfkc, char32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (nfkc.isInert(point)) return c;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString result = nfkc.normalize(icu::UnicodeString(point), status);
  if (U_FAILURE(status)) return FoldTable::complex;
  if (result.isEmpty()) return FoldTable::dropped;
  const UChar32 first = result.char32At(0);
  const bool alone = result.countChar32() == 1 && nfkc.hasBoundaryBefore(first);
  return alone ? static_cast<char32_t>(first) : FoldTable::complex;
}

struct Pair {
  char16_t from;
  char16_t to;
};

// Small kana as large ones, and kana that sound alike today.
constexpr Pair kana_pairs[] = {
    {u'ァ', u'ア'}, {u'ィ', u'イ'}, {u'ゥ', u'ウ'}, {u'ェ', u'エ'}, {u'ォ', u'オ'}, {u'ッ', u'ツ'},
    {u'ャ', u'ヤ'}, {u'ュ', u'ユ'}, {u'ョ', u'ヨ'}, {u'ヮ', u'ワ'}, {u'ヵ', u'カ'}, {u'ヶ', u'ケ'},
    {u'ヂ', u'ジ'}, {u'ヅ', u'ズ'}, {u'ヰ', u'イ'}, {u'ヱ', u'エ'}, {u'ヲ', u'オ'},
};

}  // namespace

void FoldTable::take_kana() {
  for (const Pair& pair : kana_pairs) after_[pair.from] = pair.to;
  for (char32_t c = 0x3041; c <= 0x309E; ++c) after_[c] = after_[katakana_of(c)];
}

void FoldTable::take_variants() {
  char32_t chief = 0;
  for (const char32_t c : kanji_variants()) {
    if (c == ' ') {
      chief = 0;
    } else if (chief == 0) {
      chief = c;
    } else if (c < 0x10000) {
      after_[c] = static_cast<char16_t>(chief);
    } else {
      variants_beyond_.emplace(c, chief);
    }
  }
}

FoldTable::FoldTable() {
  for (char32_t c = 0; c < 0x10000; ++c) {
    after_[c] = static_cast<char16_t>(c);
    if (is_hyphen(c)) after_[c] = u'-';
  }
  after_[0x301C] = u'~';
  after_[0x2016] = 0x2225;
  take_kana();
  take_variants();
  const icu::Normalizer2& nfkc = normalizer();
  for (char32_t c = 0; c < 0x10000; ++c) {
    const char32_t normal = normalised_alone(nfkc, c);
    if (normal < 0x10000) {
      bmp_[c] = normal < dropped ? after_[normal] : static_cast<char16_t>(normal);
    } else {
      bmp_[c] = static_cast<char16_t>(complex);
    }
  }
  // The two noncharacters that serve as marks here take the long way themselves.
  bmp_[dropped] = bmp_[complex] = static_cast<char16_t>(complex);
}

char32_t FoldTable::folded_beyond(char32_t c) const {
  if (const auto found = variants_beyond_.find(c); found != variants_beyond_.end()) {
    return found->second;
  }
  const char32_t normal = normalised_alone(normalizer(), c);
  return normal == complex || normal == dropped ? normal : after_normalising(normal);
}

char32_t FoldTable::after_beyond(char32_t c) const {
  const auto found = variants_beyond_.find(c);
  return found == variants_beyond_.end() ? c : found->second;
}

std::string FoldTable::normalised(std::string_view text) const {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  normalizer().normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                             sink, nullptr, status);
  if (U_FAILURE(status)) {
    throw Error(ErrorCode::internal, "ICU could not normalise a text; check its installation");
  }
  return out;
}

std::string FoldTable::unicode_version() {
  return U_UNICODE_VERSION;
}

const FoldTable& fold_table() {
  static const std::unique_ptr<const FoldTable> table = std::make_unique<const FoldTable>();
  return *table;
}

}  // namespace renraku::text
