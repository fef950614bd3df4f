#include "text/sort.hpp"

#include <unicode/coll.h>
#include <unicode/ulocdata.h>
#include <unicode/uvernum.h>

#include <memory>
#include <renraku/error.hpp>

namespace renraku::text {

namespace {

/// ICU's collator is not for several threads at once; a clone for each is cheap and never shared.
const icu::Collator& collator() {
  thread_local const std::unique_ptr<const icu::Collator> mine = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(
        icu::Collator::createInstance(icu::Locale::getJapan(), status));
    if (U_FAILURE(status)) {
      throw Error(ErrorCode::internal, "ICU has no collation data; install ICU's full data");
    }
    return made;
  }();
  return *mine;
}

std::string version_text(const UVersionInfo& version) {
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return text;
}

}  // namespace

std::string sort_key(std::string_view kana) {
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({kana.data(), static_cast<int32_t>(kana.size())});
  std::string key(4 * kana.size() + 16, '\0');
  const auto get = [&] {
    return collator().getSortKey(text, reinterpret_cast<uint8_t*>(key.data()),
                                 static_cast<int32_t>(key.size()));
  };
  int32_t length = get();
  if (length > static_cast<int32_t>(key.size())) {
    key.resize(static_cast<std::size_t>(length));
    length = get();
  }
  // The last byte is ICU's terminating zero.
  key.resize(length > 0 ? static_cast<std::size_t>(length) - 1 : 0);
  return key;
}

std::string sort_key_version() {
  UVersionInfo collation;
  collator().getVersion(collation);
  UVersionInfo cldr;
  UErrorCode status = U_ZERO_ERROR;
  ulocdata_getCLDRVersion(cldr, &status);
  std::string text = "icu " U_ICU_VERSION ", collation " + version_text(collation);
  if (U_SUCCESS(status)) text += ", cldr " + version_text(cldr);
  return text;
}

}  // namespace renraku::text
