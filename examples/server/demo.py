"""Makes the demo city: a store with 常総市, two members and a roster of some 300 people.

Everyone and everything is made up. The roster comes in the way a city's does: as a CP932 file with
the mistakes such files have, so that every page has something to show.
"""
import csv
import dataclasses
import pathlib
import random
import shutil
import sys

import renraku

MUNICIPALITY = ("082112", "常総市")
PASSWORD = "renraku-demo-2026"
ADMINISTRATOR, OFFICER = "kanri", "tanto"
PASSPHRASE = "demo: a city that does not exist"
STORE, PASSPHRASE_FILE, NEXT_ROSTER = "city.renraku", "passphrase", "来月の名簿.csv"

COLUMNS = """管理番号 宛名番号 氏名 フリガナ 生年月日 性別 郵便番号 住所又は居所 行政区 電話番号 携帯電話番号
避難支援等を必要とする事由 要介護状態区分 身体障害者手帳 療育手帳 精神障害者保健福祉手帳 難病 医療機器・電源
平常時の名簿情報提供の同意 同意確認日 個別避難計画 避難先 避難支援等実施者 避難支援等実施者連絡先 かかりつけ医
備考""".split()

FAMILIES = """秋葉/アキバ 飯泉/イイズミ 石塚/イシツカ 稲葉/イナバ 海老原/エビハラ 大串/オオグシ 小野瀬/オノセ
草間/クサマ 倉持/クラモチ 古谷/フルヤ 斉藤/サイトウ 坂入/サカイリ 鈴木/スズキ 染谷/ソメヤ 髙﨑/タカサキ 張替/ハリガエ
中茎/ナカクキ 中山/ナカヤマ 沼尻/ヌマジリ 野口/ノグチ 羽田/ハネダ 廣瀬/ヒロセ 増田/マスダ 松崎/マツザキ 宮本/ミヤモト
山中/ヤマナカ 横島/ヨコシマ 吉原/ヨシハラ 渡邉/ワタナベ 和久井/ワクイ""".split()
WOMEN = """ハナ/ハナ キミ/キミ 静江/シズエ トミ子/トミコ 美代/ミヨ きくえ/キクエ 和子/カズコ 文/フミ 節子/セツコ
千代/チヨ ヨシ/ヨシ 幸子/サチコ 春江/ハルエ 澄子/スミコ 光枝/ミツエ""".split()
MEN = """正雄/マサオ 勇/イサム 清/キヨシ 茂/シゲル 武/タケシ 昭/アキラ 三郎/サブロウ 義男/ヨシオ 弘/ヒロシ 実/ミノル
進/ススム 治/オサム 利夫/トシオ 栄/サカエ 博/ヒロシ""".split()
DISTRICTS = {
    "水海道": "水海道架空町", "豊岡": "豊岡架空町", "菅原": "菅原架空町", "大花羽": "大花羽架空町",
    "三妻": "三妻架空町", "大生": "大生架空町", "石下": "石下架空町", "岡田": "岡田架空町",
}
REASONS = ["独居高齢者", "高齢者のみの世帯", "要介護認定", "身体障害", "難病", "知的障害", "精神障害"]
LEVELS = ["", "", "要支援１", "要支援２", "要介護１", "要介護２", "要介護３", "要介護４", "要介護５"]
DEVICES = ["人工呼吸器（停電時は4時間）", "在宅酸素（予備ボンベ2本）", "吸引器", "透析（週3回）"]
ERAS = [("S", 1925), ("昭和", 1925)]


def _birth(chance: random.Random, year: int, month: int, day: int) -> str:
    era, offset = chance.choice(ERAS)
    if chance.random() < 0.3 or year <= offset + 1:
        return f"{year}/{month}/{day}"
    return f"S{year - offset}.{month}.{day}" if era == "S" else f"昭和{year - offset}年{month}月{day}日"


def _row(chance: random.Random, number: int) -> dict[str, str]:
    woman = chance.random() < 0.62
    family, family_kana = chance.choice(FAMILIES).split("/")
    first, first_kana = chance.choice(WOMEN if woman else MEN).split("/")
    district = chance.choice(list(DISTRICTS))
    consent = chance.choices(["同意", "不同意", ""], [6, 1, 3])[0]
    row = dict.fromkeys(COLUMNS, "")
    row.update({
        "管理番号": f"{number:04}",
        "宛名番号": f"{10_000_000 + number * 37}",
        "氏名": f"{family}　{first}",
        "フリガナ": f"{family_kana} {first_kana}",
        "生年月日": _birth(chance, chance.randint(1926, 1955), chance.randint(1, 12),
                       chance.randint(1, 28)),
        "性別": "女" if woman else "男",
        "郵便番号": f"303-{chance.randint(1, 99):04}",
        "住所又は居所": f"茨城県常総市{DISTRICTS[district]}{chance.randint(1, 3000)}番地",
        "行政区": district,
        "電話番号": f"0297-{chance.randint(20, 45)}-{number:04}",
        "携帯電話番号": f"090-0000-{number:04}" if chance.random() < 0.3 else "",
        "避難支援等を必要とする事由": chance.choice(REASONS),
        "要介護状態区分": chance.choice(LEVELS),
        "医療機器・電源": chance.choice(DEVICES) if chance.random() < 0.08 else "",
        "平常時の名簿情報提供の同意": consent,
        "同意確認日": f"R{chance.randint(5, 8)}.{chance.randint(4, 10)}.1" if consent else "",
        "個別避難計画": chance.choice(["有", "", "作成中"]),
        "避難先": chance.choice(["架空第一小学校", "架空中学校", "架空公民館"]),
        "避難支援等実施者": chance.choice(["架空町自治会", "民生委員", "長男", "隣家"]),
        "かかりつけ医": chance.choice(["架空内科医院", "仮名クリニック", "架空総合病院"]),
    })
    return row


def _with_mistakes(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """What real files have: each of these is explained by the report."""
    rows = [dict(row) for row in rows]
    rows[11]["生年月日"] = "昭和15年2月30日"
    rows[47]["生年月日"] = "不詳"
    rows[80]["氏名"] = ""
    rows[123]["生年月日"] = "令和20年4月1日"
    rows[160]["生年月日"] = "昭和65年4月2日"
    rows[161]["性別"] = ""
    rows[190]["電話番号"] = "297-22-0190"
    rows[200]["平常時の名簿情報提供の同意"] = "要確認"
    rows[222]["備考"] = "支援措置対象"
    rows[250]["生年月日"] = "13月生"
    again = dict(rows[30], 備考="二重に届いたカード")
    alike = dict(rows[60], 管理番号="0998", 宛名番号="", 電話番号="", 携帯電話番号="", 生年月日="")
    return [*rows, again, alike]


def _next_month(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The file after this one: some moved away, some changed, some are new."""
    chance = random.Random(2)
    rows = [dict(row) for row in rows if row["管理番号"] not in {"0015", "0094", "0177", "0210"}]
    for row in rows:
        if row["管理番号"] in {"0003", "0040"}:
            row["避難先"] = "架空第二小学校"
        if row["管理番号"] == "0012":
            row["生年月日"] = "昭和15年2月28日"
    return rows + [_row(chance, number) for number in range(301, 309)]


def _write(path: pathlib.Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="cp932", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _label(session: renraku.Session) -> None:
    """Marks people the way an officer would after the first import, and edits two entries."""
    for line in list(session.evacuees.list()):
        entry = session.evacuees.view(line.id)
        label = ("blue" if entry.medical_devices else
                 "red" if entry.care_level.endswith(("４", "５", "4", "5")) else
                 "yellow" if line.reason == "独居高齢者" else "none")
        shelter = "架空福祉センター" if line.reference in {"0003", "0040"} else entry.shelter
        if label != "none" or shelter != entry.shelter:
            session.evacuees.change(dataclasses.replace(entry, label=label, shelter=shelter))


def _fill(store: renraku.Store, folder: pathlib.Path) -> None:
    code, name = MUNICIPALITY
    store.add_municipality(code, name, login=ADMINISTRATOR, password=PASSWORD,
                           member_name="架空 管理子")
    with store.sign_in(code, ADMINISTRATOR, PASSWORD) as session:
        city = session.municipality.view()
        session.municipality.change(dataclasses.replace(
            city, label_red="最優先", label_blue="医療機器", label_yellow="見守り"))
        session.members.add(OFFICER, "仮名 担子", PASSWORD, roles=["roster_officer"])
    chance = random.Random(1)
    people = [_row(chance, number) for number in range(1, 301)]
    roster = folder / "名簿.csv"
    _write(roster, _with_mistakes(people))
    _write(folder / NEXT_ROSTER, _next_month(people))
    with store.sign_in(code, OFFICER, PASSWORD) as session:
        report = session.roster.import_file(roster)
        print(f"demo: {report.rows} rows read, {report.added} people added, "
              f"{len(report.rejected)} rows wait to be mended", file=sys.stderr)
        _label(session)


def make(folder: pathlib.Path, address: str | None = None) -> None:
    """Makes the folder with the store, the passphrase's file and the roster to import next.

    Complete or absent: what a stopped run left is made again. With an address the store goes to
    that empty database, and its key header into the folder.
    """
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    (partial / PASSPHRASE_FILE).write_text(PASSPHRASE + "\n", encoding="utf-8")
    with renraku.create(address or partial / STORE, passphrase=PASSPHRASE, slot_name="デモ",
                        home=partial) as store:
        _fill(store, partial)
    partial.rename(folder)
