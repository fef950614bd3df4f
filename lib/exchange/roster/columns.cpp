#include "exchange/roster/columns.hpp"

#include <algorithm>

#include "domain/evacuees/evacuees.hpp"

namespace renraku::exchange::roster {
namespace {

constexpr std::array<ColumnInfo, column_count> table{{
    {Column::reference, "管理番号", "No № 番号 通番 整理番号 連番 名簿番号", "reference",
     &Evacuee::reference},
    {Column::municipal_number, "宛名番号", "宛名 住民番号 住民コード 住登番号 個人コード",
     "municipal_number"},
    {Column::name, "氏名", "名前 対象者 対象者氏名 要支援者氏名 漢字氏名", "name", nullptr, true},
    {Column::kana, "フリガナ", "ふりがな カナ カナ氏名 氏名カナ 氏名フリガナ よみ 読み仮名",
     "kana"},
    {Column::birth_date, "生年月日", "誕生日 生年月日(和暦) 生年月日(西暦)", "birth_date", nullptr,
     true},
    {Column::sex, "性別", "男女 男女別 性", "sex"},
    {Column::postal_code, "郵便番号", "〒 郵便", "addresses"},
    {Column::address, "住所又は居所", "住所 現住所 居所 所在地 住所1", "addresses"},
    {Column::district, "行政区", "地区 自治会 自治会名 町内会 町会 区 班", "district",
     &Evacuee::district},
    {Column::phone, "電話番号", "電話 TEL 固定電話 自宅電話 連絡先", "phones"},
    {Column::mobile, "携帯電話番号", "携帯 携帯電話 携帯番号", "phones"},
    {Column::reason, "避難支援等を必要とする事由",
     "事由 支援を必要とする理由 要支援理由 対象区分 該当事由", "reason", &Evacuee::reason},
    {Column::care_level, "要介護状態区分", "要介護度 介護度 要介護認定 介護区分", "care_level",
     &Evacuee::care_level},
    {Column::physical_disability, "身体障害者手帳", "身障手帳 身障 身体障害", "physical_disability",
     &Evacuee::physical_disability},
    {Column::intellectual_disability, "療育手帳", "療育 愛の手帳 知的障害",
     "intellectual_disability", &Evacuee::intellectual_disability},
    {Column::mental_disability, "精神障害者保健福祉手帳", "精神手帳 精神 精神障害",
     "mental_disability", &Evacuee::mental_disability},
    {Column::intractable_disease, "難病", "指定難病 特定疾患 小児慢性", "intractable_disease",
     &Evacuee::intractable_disease},
    {Column::medical_devices, "医療機器・電源", "医療機器 使用機器 電源", "medical_devices",
     &Evacuee::medical_devices},
    {Column::consent, "平常時の名簿情報提供の同意", "同意 情報提供同意 名簿提供同意 同意の有無",
     "consent"},
    {Column::consent_date, "同意確認日", "同意日 確認日", "consent_date"},
    {Column::plan, "個別避難計画", "個別計画 計画 計画有無", "plan", &Evacuee::plan},
    {Column::shelter, "避難先", "避難場所 避難所 指定避難所", "shelter", &Evacuee::shelter},
    {Column::supporter, "避難支援等実施者", "支援者 支援者氏名 避難支援者", "supporter",
     &Evacuee::supporter},
    {Column::supporter_contact, "避難支援等実施者連絡先", "支援者電話 支援者連絡先 支援者TEL",
     "supporter_contact", &Evacuee::supporter_contact},
    {Column::physician, "かかりつけ医", "主治医 医療機関 かかりつけ医療機関", "physician",
     &Evacuee::physician},
    {Column::note, "備考", "特記事項 メモ その他", "note", &Evacuee::note},
}};

static_assert([] {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].column != static_cast<Column>(i)) return false;
  }
  return true;
}());

}  // namespace

std::span<const ColumnInfo, column_count> columns() noexcept {
  return table;
}

const ColumnInfo& info(Column column) noexcept {
  return table[static_cast<std::size_t>(column)];
}

std::string name_of(Column column) {
  return std::string(info(column).name);
}

std::optional<Column> column_called(std::string_view canonical) noexcept {
  const auto found = std::ranges::find(table, canonical, &ColumnInfo::name);
  if (found == table.end()) return std::nullopt;
  return found->column;
}

bool is_placed(Column column) noexcept {
  const std::string_view field = info(column).field;
  return domain::tells_place<Evacuee>(field) || domain::tells_place<Person>(field);
}

}  // namespace renraku::exchange::roster
