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
  person_erase: "記録を消去した",
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
  lookers_view: "閲覧記録を見た",
  place_grant: "居場所の閲覧を許した",
  consent_record: "提供への同意を記録した",
  consent_view: "提供への同意を見た",
  disclosure_make: "提供する名簿に載せた",
  disclosed_list: "提供先が一覧で見た",
  disclosed_view: "提供先が見た",
  patient_add: "患者として登録した",
  patient_list: "担当の一覧で見た",
  patient_view: "患者の情報を見た",
  patient_change: "患者の情報を変えた",
  patient_consent_record: "同意書を記録した",
  team_view: "チームを見た",
  team_add: "チームに加えた",
  team_end: "チームから外した",
  team_leave: "チームから抜けた",
  team_ask: "チームに入ることを申し込んだ",
  team_answer: "チームの申込みに答えた",
  member_list: "利用者の一覧で見た",
  member_add: "利用者として加えた",
  member_change: "利用者の登録を変えた",
  member_suspend: "利用を止めた",
  member_restore: "利用を再開した",
  role_change: "役割を変えた",
  colleague_list: "同僚をさがして見た",
  password_change: "パスワードを変えた",
  password_reset: "パスワードを作り直した",
  factor_view: "二要素認証のようすを見た",
  factor_change: "二要素認証を変えた",
  factor_reset: "二要素認証を取り消した",
  certificate_list: "証明書を見た",
  certificate_bind: "証明書を結び付けた",
  certificate_revoke: "証明書を失効させた",
  session_list: "サインイン中の場所を見た",
  session_revoke: "サインアウトさせた",
  sign_in: "サインインした",
  sign_out: "サインアウトした",
  reauthenticate: "本人確認をした",
  journal_archive: "これより前の記録は、保管用のファイルに移された",
};

/** What an application may be allowed to do, by where it belongs. */
export const permissions = {
  患者と担当チーム: {
    patient_list: "担当の患者の一覧を見る",
    patient_view: "患者の情報を見る",
    patient_add: "患者を登録する",
    patient_change: "患者の情報を変える",
    patient_consent_record: "同意書を記録する",
    person_view: "本人の情報を見る",
    person_change: "本人の情報を変える",
    history_view: "履歴を見る",
    lookers_view: "閲覧記録を見る",
    team_view: "担当チームを見る",
    team_ask: "チームに入ることを申し込む",
    team_answer: "チームへの申込みに答える",
    team_add: "チームに加える",
    team_end: "チームでの担当を終える",
    team_leave: "チームから抜ける",
    colleague_list: "同僚をさがす",
    notice_list: "お知らせを見る",
    notice_read: "お知らせを読んだことにする",
  },
  要支援者名簿: {
    evacuee_list: "名簿の一覧を見る",
    evacuee_view: "支援の情報を見る",
    evacuee_add: "名簿に加える",
    evacuee_change: "支援の情報を変える",
    person_find: "本人をさがす",
    roster_preview: "名簿取込を試す",
    roster_import: "名簿を取り込む",
    roster_export: "名簿を書き出す",
  },
  提供された名簿: {
    disclosed_list: "提供された一覧を見る",
    disclosed_view: "提供された人の情報を見る",
  },
};

export const roles = {
  service_administrator: "サービス管理者",
  administrator: "管理者",
  office_administrator: "事業所管理者",
  roster_officer: "名簿担当",
  professional: "専門職",
  receiver: "避難支援等関係者",
  slot_holder: "保存先の鍵",
};

export const professions = {
  physician: "医師",
  nurse: "看護師",
  pharmacist: "薬剤師",
  home_helper: "介護ヘルパー",
  care_manager: "ケアマネージャー",
  city_officer: "行政職員",
  fire_dispatcher: "消防 指令台",
  ambulance_crew: "消防 救急隊員",
  care_need_assessor: "認定調査員",
  therapist: "リハビリ職",
  dietitian: "栄養士",
};

export const organisations = {
  clinic: "診療所・病院",
  visiting_nurse_station: "訪問看護ステーション",
  pharmacy: "薬局",
  city_office: "市役所・町村役場",
  fire_station: "消防署",
  home_care_office: "訪問介護事業所",
  care_manager_office: "居宅介護支援事業所",
  police_station: "警察署",
  commissioned_welfare: "民生委員・児童委員協議会",
  social_welfare_council: "社会福祉協議会",
  voluntary_disaster: "自主防災組織",
  other: "その他",
};

/** The kinds that may receive the roster. */
export const receivers = [
  "fire_station",
  "police_station",
  "commissioned_welfare",
  "social_welfare_council",
  "voluntary_disaster",
  "other",
];

/** How somebody signed in: "password+totp" and the like. */
const proofs = {
  password: "パスワード",
  totp: "確認コード",
  recovery_code: "回復コード",
  certificate: "証明書",
};
export const proved = (text) =>
  text
    .split("+")
    .map((each) => proofs[each] ?? each)
    .join("＋");

export const scopes = {
  team: "担当チーム",
  wide_area: "広域連携",
  emergency: "救急",
  family: "家族",
};

export const purposes = { list: "名簿", plan: "個別避難計画", medical: "医療情報" };
export const consentStates = { granted: "同意", refused: "不同意", withdrawn: "同意の取消し" };
export const capacities = {
  self: "本人",
  agent: "代理人",
  family: "家族",
  guardian: "後見人",
  other: "その他",
};
export const consentForms = {
  paper: "書面",
  oral: "口頭",
  telephone: "電話",
  electronic: "電子申請",
  other: "その他",
};

export const erasureReasons = {
  request: "本人（代わりの人）からの求め",
  retention_over: "保存期間が過ぎた",
  mistake: "誤って登録した",
  other: "その他",
};

export const policies = {
  opt_in: "同意した人だけを提供する",
  presumed: "通知のあと期限までに申し出がなければ、同意とみなす",
  unless_refused: "同意は求めず、拒否した人を除く",
};
export const ruleStates = { proposed: "提案中", adopted: "決定", declined: "却下" };

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

/** Today in Japan, as a date field wants it. */
export const today = () => new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);

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
  const [thisYear, thisMonth, thisDay] = today().split("-").map(Number);
  const before = thisMonth < month || (thisMonth === month && thisDay < day);
  return `${thisYear - year - (before ? 1 : 0)}歳`;
}

export function phone(digits) {
  const mobile = /^(0[5789]0)(\d{4})(\d{4})$/.exec(digits);
  return mobile ? mobile.slice(1).join("-") : digits;
}
