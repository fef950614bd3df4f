// Asks members once more who they are, before what only they may do.
import { el, field, tell } from "./dom.js";

/** Opens the dialog; true once `prove(text)` took the password or code, false when it was left. */
export function askProof(prove) {
  const said = el("div", { role: "alert" });
  const input = el("input", { type: "password", autocomplete: "current-password", required: true });
  const go = el("button", { class: "button button-main" }, "確認する");
  const leave = el("button", { class: "button", type: "button" }, "やめる");
  const form = el(
    "form",
    { class: "stack", novalidate: true },
    el("h2", { id: "proof-title" }, "もう一度、本人確認をします"),
    el(
      "p",
      { class: "soft" },
      "大切な操作のため、ご本人であることを確かめます。確かめたあと、操作を続けます。",
    ),
    said,
    field("パスワード、または認証アプリのコード", input),
    el("div", { class: "row row-end" }, leave, go),
  );
  const dialog = el("dialog", { class: "card", "aria-labelledby": "proof-title" }, form);

  return new Promise((resolve) => {
    let proved = false;
    leave.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      go.disabled = true;
      try {
        await prove(input.value);
        proved = true;
        dialog.close();
      } catch (error) {
        const wrong = error.kind === "sign_in_failed";
        tell("bad", wrong ? "違うようです。もう一度入力してください。" : error.message, said);
        input.value = "";
        input.focus();
      } finally {
        go.disabled = false;
      }
    });
    dialog.addEventListener("close", () => (dialog.remove(), resolve(proved)));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
