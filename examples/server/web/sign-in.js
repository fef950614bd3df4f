import { get, signIn } from "./api.js";
import { $, el, tell } from "./dom.js";

async function municipalities() {
  const all = await get("/municipalities");
  $("municipality").replaceChildren(...all.map(({ code, name }) => el("option", { value: code }, name)));
  $("municipality").closest(".field").hidden = all.length === 1;
}

async function submit(event) {
  event.preventDefault();
  for (const [id, text] of [
    ["login", "ID を入力してください。"],
    ["password", "パスワードを入力してください。"],
  ]) {
    const empty = $(id).value === "";
    $(id).toggleAttribute("aria-invalid", false);
    if (empty) {
      $(id).setAttribute("aria-invalid", "true");
      tell("bad", text);
      $(id).focus();
      return;
    }
  }
  $("go").disabled = true;
  try {
    enter(
      await signIn({
        municipality: $("municipality").value,
        login: $("login").value,
        password: $("password").value,
        code: $("code").value.trim(),
        remember_device: $("remember").checked,
      }),
    );
  } catch (error) {
    $("go").disabled = false;
    if (error.kind === "second_factor") askCode();
    else refused(error);
  }
}

// The password was right: it stays, and the code is asked for.
function askCode() {
  $("code-field").hidden = false;
  tell("info", "続けて、認証アプリに出ている 6 桁のコードを入力してください。");
  $("code").focus();
}

function refused(error) {
  const wrong = $("code-field").hidden ? $("password") : $("code");
  wrong.value = "";
  tell(
    "bad",
    $("code-field").hidden ? error.message : "サインインできません。パスワードとコードを確かめてください。",
  );
  wrong.focus();
}

function enter(said) {
  const back = sessionStorage.getItem("back") || "/";
  sessionStorage.removeItem("back");
  sessionStorage.setItem("second_factor", said.second_factor);
  sessionStorage.setItem("recoveries", said.recoveries.length);
  // Our own pages alone.
  location.replace(/^\/[a-z]/.test(back) ? back : "/");
}

$("sign-in").addEventListener("submit", submit);
municipalities()
  .then(() => {
    // Not before: without its municipality a sign-in could only fail.
    $("go").disabled = false;
    // Whoever types already is left in peace.
    if (!document.querySelector(":focus")) $("login").focus();
  })
  .catch((error) => tell("bad", error.message));
