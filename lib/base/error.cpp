#include <array>
#include <renraku/error.hpp>

namespace renraku {
namespace {

struct Kind {
  ErrorCode code;
  std::string_view name;
  std::string_view message_ja;
};

constexpr std::array kinds{
    Kind{ErrorCode::internal, "internal",
         "内部エラーが起きました。操作は取り消されています。管理者に知らせてください。"},
    Kind{ErrorCode::busy, "busy", "ほかの処理が使用中です。しばらく待ってからやり直してください。"},
    Kind{ErrorCode::disk_full, "disk_full",
         "ディスクに空きがありません。空きを作ってからやり直してください。"},
    Kind{ErrorCode::io, "io",
         "ファイルまたはサーバーを使えません。場所、権限、接続先を確かめてください。"},
    Kind{ErrorCode::cancelled, "cancelled", "中止しました。何も変更していません。"},
    Kind{ErrorCode::forked, "forked",
         "分岐したプロセスからは使えません。新しいプロセスで開き直してください。"},
    Kind{ErrorCode::invalid_argument, "invalid_argument", "指定に誤りがあります。"},
    Kind{ErrorCode::empty_passphrase, "empty_passphrase",
         "パスフレーズが空です。パスフレーズを指定してください。"},
    Kind{ErrorCode::wrong_passphrase, "wrong_passphrase",
         "パスフレーズまたは鍵が違います。確かめてやり直してください。"},
    Kind{ErrorCode::sign_in_failed, "sign_in_failed",
         "サインインできません。自治体、ID、パスワードを確かめてください。"},
    Kind{ErrorCode::back_off, "back_off",
         "サインインの失敗が続いたため、しばらく待ってからやり直してください。"},
    Kind{ErrorCode::session_ended, "session_ended",
         "サインインの期限が切れました。もう一度サインインしてください。"},
    Kind{ErrorCode::second_factor, "second_factor",
         "確認コードが要ります。認証アプリのコードか回復コードを入力してください。"},
    Kind{ErrorCode::not_permitted, "not_permitted", "この操作をする権限がありません。"},
    Kind{ErrorCode::reauthenticate, "reauthenticate",
         "この操作の前に、もう一度本人確認をしてください。"},
    Kind{ErrorCode::invalid, "invalid", "入力に誤りがあります。"},
    Kind{ErrorCode::missing, "missing", "必要な項目がありません。"},
    Kind{ErrorCode::too_large, "too_large", "大きすぎます。上限を確かめてください。"},
    Kind{ErrorCode::encoding, "encoding",
         "文字コードを判別できません。UTF-8 か Shift_JIS（Windows）で保存し直してください。"},
    Kind{ErrorCode::not_found, "not_found", "見つかりません。"},
    Kind{ErrorCode::exists, "exists", "すでにあります。"},
    Kind{ErrorCode::conflict, "conflict",
         "ほかの人が先に変更しました。最新の内容を確かめてやり直してください。"},
    Kind{ErrorCode::not_a_store, "not_a_store", "renraku の保存先ではありません。"},
    Kind{ErrorCode::plaintext, "plaintext",
         "暗号化されていないデータベースです。renraku の保存先ではありません。"},
    Kind{ErrorCode::newer_format, "newer_format",
         "新しい版で作られた保存先です。renraku を更新してから開いてください。"},
    Kind{ErrorCode::too_many_changes, "too_many_changes",
         "変更が多すぎるため取り込みを止めました。内容を確かめ、続ける場合は明示してください。"},
    Kind{ErrorCode::damaged, "damaged",
         "保存先が壊れています。書き込まずに、バックアップを確かめてください。"},
};

const Kind* find(ErrorCode code) noexcept {
  for (const Kind& kind : kinds) {
    if (kind.code == code) return &kind;
  }
  return nullptr;
}

}  // namespace

std::string_view error_name(ErrorCode code) noexcept {
  const Kind* kind = find(code);
  return kind ? kind->name : "unknown";
}

std::string_view error_message_ja(ErrorCode code) noexcept {
  const Kind* kind = find(code);
  return kind ? kind->message_ja : "不明なエラーです。";
}

}  // namespace renraku
