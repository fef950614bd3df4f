// What the codes of the library are called on the screen.

export const sex = { male: "男性", female: "女性" };
export const consent = { granted: "同意あり", refused: "不同意", unknown: "未確認" };
export const careLevels = ["要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5"];

export const reasons = {
  missing: "必要な項目が空です",
  invalid: "読み取れない値です",
  future: "今日より後の日付です",
  columns: "列の数が見出しと合いません",
  encoding: "文字が壊れています",
  birth_unknown: "生年月日が不明のまま取り込みます",
  sex_unknown: "性別が不明のまま取り込みます",
  consent_unknown: "同意の書き方が分からないため「未確認」とします",
  era_overshoot: "元号の年数が実際より大きいため、西暦に直して取り込みます",
  zero_restored: "先頭の 0 が落ちていたため補いました",
  private_use: "外字が含まれています（そのまま保存します）",
  protection_suspected: "支援措置などの記載があるため、仮に保護します",
  reference_moved: "管理番号が別の人に付け替わっています",
  differs: "同じ人の前の行と内容が違います",
};

export const alike = {
  name: "氏名",
  kana: "カナ",
  birth_date: "生年月日",
  sex: "性別",
  phone: "電話番号",
  address: "住所",
  municipal_number: "宛名番号",
};

export const fields = {
  name: "氏名",
  kana: "カナ",
  kana_written: "カナ（原文）",
  birth_date: "生年月日",
  birth_written: "生年月日（原文）",
  sex: "性別",
  addresses: "住所",
  phones: "電話番号",
  municipal_number: "宛名番号",
  protection: "保護",
  reference: "管理番号",
  district: "行政区",
  reason: "避難支援等を必要とする事由",
  care_level: "要介護状態区分",
  physical_disability: "身体障害者手帳",
  intellectual_disability: "療育手帳",
  mental_disability: "精神障害者保健福祉手帳",
  intractable_disease: "難病",
  medical_devices: "医療機器・電源",
  consent: "同意",
  consent_written: "同意（原文）",
  consent_date: "同意日",
  plan: "個別避難計画",
  shelter: "避難先",
  supporter: "避難支援等実施者",
  supporter_contact: "実施者の連絡先",
  physician: "かかりつけ医",
  note: "備考",
  label: "ラベル",
  extra: "その他の列",
  withdrawal: "名簿からの除外",
};

export const actions = {
  person_view: "本人の情報を見た",
  person_find: "検索で見た",
  person_change: "本人の情報を変えた",
  protection_set: "保護を変えた",
  protection_change: "保護を変えた",
  protected_view: "保護された情報を見た",
  evacuee_list: "一覧で見た",
  evacuee_view: "支援の情報を見た",
  evacuee_add: "名簿に加えた",
  evacuee_change: "支援の情報を変えた",
  roster_preview: "名簿取込を試した",
  roster_import: "名簿を取り込んだ",
  roster_export: "名簿を書き出した",
  history_view: "履歴を見た",
  suspect_list: "重複の疑いで見た",
  suspect_decide: "重複かどうかを決めた",
  missing_list: "「名簿にない人」で見た",
  missing_decide: "名簿に残すかを決めた",
  conflict_list: "食い違いで見た",
  conflict_decide: "食い違いを決めた",
  open_row_mend: "未取込の行から取り込んだ",
  journal_list: "閲覧記録を見た",
};

export const roles = {
  administrator: "管理者",
  roster_officer: "名簿担当",
  professional: "専門職",
  slot_holder: "保存先の鍵",
};

/** The municipality's own names of the labels. */
export const labels = (municipality) => ({
  red: municipality.label_red,
  blue: municipality.label_blue,
  yellow: municipality.label_yellow,
});

const era = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { era: "long", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

export const time = (instant) => clock.format(new Date(instant));

/** "1940-03-05" → 1940年3月5日; "1940-03" and "1940" as far as they go. */
export function date(text) {
  if (!text) return "不明";
  const [year, month, day] = text.split("-").map(Number);
  return `${year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}${day ? "" : "（以下不明）"}`;
}

export function eraYear(text) {
  if (!text || text.length !== 10) return "";
  return era.format(new Date(`${text}T00:00:00Z`));
}

/** Full years on today's date in Japan; empty where the day of birth is not known. */
export function age(text) {
  if (!text || text.length !== 10) return "";
  const [year, month, day] = text.split("-").map(Number);
  const today = new Date(Date.now() + 9 * 3600e3);
  const before =
    today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day);
  return `${today.getUTCFullYear() - year - (before ? 1 : 0)}歳`;
}

export function phone(digits) {
  const mobile = /^(0[5789]0)(\d{4})(\d{4})$/.exec(digits);
  return mobile ? mobile.slice(1).join("-") : digits;
}
