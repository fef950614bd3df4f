#include "text/cp932_table.hpp"

#include <unicode/ucnv.h>

#include <memory>
#include <renraku/error.hpp>

namespace renraku::text {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter() {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open("ibm-943_P15A-2003", &status), &ucnv_close);
  if (U_SUCCESS(status)) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  }
  if (U_FAILURE(status)) {
    throw Error(ErrorCode::internal,
                "ICU has no converter ibm-943_P15A-2003 (CP932); install ICU's full data");
  }
  return converter;
}

std::uint16_t ask(UConverter* converter, unsigned code) {
  const char bytes[2] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  const bool two = code > 0xFF;
  UChar unit[4] = {};
  UErrorCode status = U_ZERO_ERROR;
  ucnv_resetToUnicode(converter);
  const int32_t count =
      ucnv_toUChars(converter, unit, 4, two ? bytes : bytes + 1, two ? 2 : 1, &status);
  return U_SUCCESS(status) && count == 1 ? static_cast<std::uint16_t>(unit[0]) : std::uint16_t{0};
}

/// What lies at these lead bytes becomes the way back too, unless an earlier row had the character.
void prefer(Cp932Table& table, unsigned first_lead, unsigned last_lead) {
  for (unsigned code = first_lead << 8; code <= ((last_lead << 8) | 0xFFU); ++code) {
    const std::uint16_t character = table.to_unicode[code];
    if (character != 0 && table.from_unicode[character] == 0) {
      table.from_unicode[character] = static_cast<std::uint16_t>(code);
    }
  }
}

std::unique_ptr<Cp932Table> make_table() {
  auto table = std::make_unique<Cp932Table>();
  const Converter converter = open_converter();
  for (unsigned code = 0xA1; code <= 0xDF; ++code) {
    table->to_unicode[code] = ask(converter.get(), code);
  }
  for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
    if (!Cp932Table::is_lead(static_cast<unsigned char>(lead))) continue;
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      const unsigned code = (lead << 8) | trail;
      table->to_unicode[code] = ask(converter.get(), code);
    }
  }
  prefer(*table, 0x00, 0x00);
  prefer(*table, 0x81, 0x86);  // JIS X 0208
  prefer(*table, 0x88, 0xEA);
  prefer(*table, 0x87, 0x87);  // NEC row 13
  prefer(*table, 0xFA, 0xFC);  // IBM extensions; ED and EE repeat them and are never written
  prefer(*table, 0xF0, 0xF9);  // user-defined
  return table;
}

}  // namespace

const Cp932Table& cp932_table() {
  static const std::unique_ptr<const Cp932Table> table = make_table();
  return *table;
}

}  // namespace renraku::text
