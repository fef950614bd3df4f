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
    await signIn({
      municipality: $("municipality").value,
      login: $("login").value,
      password: $("password").value,
    });
    const back = sessionStorage.getItem("back") || "/";
    sessionStorage.removeItem("back");
    // Our own pages alone.
    location.replace(/^\/[a-z]/.test(back) ? back : "/");
  } catch (error) {
    $("go").disabled = false;
    $("password").value = "";
    tell("bad", error.message);
    $("password").focus();
  }
}

$("sign-in").addEventListener("submit", submit);
municipalities()
  .then(() => {
    // Not before: without its municipality a sign-in could only fail.
    $("go").disabled = false;
    $("login").focus();
  })
  .catch((error) => tell("bad", error.message));
