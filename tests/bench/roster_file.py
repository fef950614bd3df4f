"""A roster of made-up people, as large as wanted: CP932, the 26-column layout, a few bad rows."""

import csv
import random

HEADER = (
    "管理番号,宛名番号,氏名,フリガナ,生年月日,性別,郵便番号,住所又は居所,行政区,電話番号,携帯電話番号,"
    "避難支援等を必要とする事由,要介護状態区分,身体障害者手帳,療育手帳,精神障害者保健福祉手帳,難病,"
    "医療機器・電源,平常時の名簿情報提供の同意,同意確認日,個別避難計画,避難先,避難支援等実施者,"
    "避難支援等実施者連絡先,かかりつけ医,備考"
).split(",")
FAMILIES = [
    ("架空", "カクウ"), ("見本", "ミホン"), ("仮名", "カメイ"), ("例文", "レイブン"), ("試験", "シケン"),
    ("髙橋", "ﾀｶﾊｼ"), ("渡邉", "ワタナベ"), ("齋藤", "サイトウ"), ("廣瀬", "ヒロセ"), ("濵田", "ハマダ"),
]
SYLLABLES = [
    ("一", "イチ"), ("二", "ジ"), ("花", "ハナ"), ("静", "シズ"), ("正", "マサ"), ("和", "カズ"),
    ("子", "コ"), ("夫", "オ"), ("江", "エ"), ("実", "ミ"), ("雄", "オ"), ("美", "ミ"), ("代", "ヨ"),
]
REASONS = ["独居高齢者", "寝たきり", "認知症", "難病", "在宅酸素", "老々介護"]
CARE = ["", "要支援1", "要支援２", "要介護1", "要介護３", "要介護5"]


def birth(chance, year, month, day):
    return chance.choice(
        [f"S{year - 1925}.{month}.{day}", f"{year}-{month:02}-{day:02}", f"{year}{month:02}{day:02}",
         f"昭和{year - 1925}年{month}月{day}日"]
    )


def row(chance, number):
    family, family_kana = chance.choice(FAMILIES)
    given = [chance.choice(SYLLABLES) for _ in range(chance.choice([2, 2, 3]))]
    name = family + "　" + "".join(kanji for kanji, _ in given)
    kana = family_kana + " " + "".join(reading for _, reading in given)
    year, month, day = chance.randint(1927, 1988), chance.randint(1, 12), chance.randint(1, 28)
    town, parcel = chance.randint(1, 60), chance.randint(1, 9999)
    return [
        f"{number:06}", f"{number:012}", name, kana, birth(chance, year, month, day),
        chance.choice(["男", "女", "1", "2"]), f"303-{chance.randint(1, 99):04}",
        f"茨城県常総市架空町{town}丁目{parcel % 90 + 1}番地{parcel // 90 + 1}", f"第{chance.randint(1, 40)}",
        f"0297-{number // 10000 + 10:02}-{number % 10000:04}",
        f"090-{chance.randint(0, 9999):04}-{chance.randint(0, 9999):04}" if chance.random() < 0.3 else "",
        chance.choice(REASONS), chance.choice(CARE), "", "", "", "", "",
        chance.choice(["同意", "不同意", "1", "未確認"]), f"R{chance.randint(3, 7)}.4.1",
        chance.choice(["有", "無"]), "架空小学校", "", "", "架空内科医院", "",
    ]


def write(path, rows, seed=1):
    """About one row in a hundred can't be taken: an impossible day."""
    chance = random.Random(seed)
    with open(path, "w", encoding="cp932", newline="") as file:
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(HEADER)
        for number in range(1, rows + 1):
            cells = row(chance, number)
            if number % 103 == 0:
                cells[4] = "S30.2.30"
            out.writerow(cells)
