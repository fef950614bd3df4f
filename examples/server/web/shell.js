// What every page after sign-in has: who is here, where to go, and the way out.
import { get, me, signOut } from "./api.js";
import { $, el, icon, notice, say } from "./dom.js";

// For whom, where, what it is called, what a phone has room for, and its drawing.
const places = [
  ["", "/", "ホーム", "ホーム", "home"],
  ["roster_officer", "/evacuees", "要支援者一覧", "一覧", "people"],
  ["roster_officer", "/import", "名簿取込", "取込", "import"],
  ["roster_officer", "/open-rows", "未取込の行", "未取込", "rows"],
  ["professional", "/patients", "担当の患者", "担当", "team"],
  ["receiver", "/disclosed", "提供された名簿", "名簿", "people"],
  ["administrator office_administrator", "/members", "利用者", "利用者", "badge"],
];

function menu(member) {
  const open = places.filter(
    ([roles]) => roles === "" || roles.split(" ").some((role) => member.roles.includes(role)),
  );
  const items = open.map(([, href, long, short, drawing]) => {
    const here = location.pathname === href;
    return el(
      "li",
      {},
      el(
        "a",
        { href, "aria-current": here && "page" },
        icon(drawing),
        el("span", { class: "long" }, long),
        el("span", { class: "short" }, short),
      ),
    );
  });
  return el("nav", { "aria-label": "メニュー" }, el("ul", {}, items));
}

// How many notices wait; the page does not wait for it.
function bell() {
  const link = el("a", { class: "bell", href: "/notices", "aria-label": "お知らせ" }, icon("bell"));
  get("/notices/count")
    .then(({ unread }) => {
      if (unread === 0) return;
      link.setAttribute("aria-label", `お知らせ（未読 ${unread} 件）`);
      link.append(el("span", { class: "count", "aria-hidden": "true" }, unread > 99 ? "99+" : unread));
    })
    .catch(() => {});
  return link;
}

async function leave() {
  await signOut().catch(() => {});
  sessionStorage.clear();
  location.replace("/sign-in");
}

/** Draws the shell and runs the page; whatever the page can't do is said at its place. */
export async function start(page) {
  try {
    const here = await me();
    // Nothing else is open to whoever has yet to set up a second factor.
    const needs_factor = sessionStorage.getItem("second_factor") === "required";
    if (needs_factor && location.pathname !== "/account") return location.replace("/account");
    $("shell").append(
      el(
        "div",
        { class: "shell-row" },
        el(
          "a",
          { class: "brand", href: "/" },
          el("img", { src: "/icon.svg", alt: "" }),
          el(
            "span",
            {},
            el("strong", {}, here.municipality.name),
            el("span", { class: "small soft" }, "要支援者名簿"),
          ),
        ),
        needs_factor ? "" : menu(here.member),
        el(
          "div",
          { class: "who" },
          !needs_factor && here.member.roles.some((role) => role !== "service_administrator") && bell(),
          el("a", { class: "name small", href: "/account" }, here.member.name),
          el(
            "button",
            { class: "button button-quiet", type: "button", onclick: leave },
            icon("out"),
            el("span", { class: "small" }, "サインアウト"),
          ),
        ),
      ),
    );
    await page(here);
  } catch (error) {
    // Leaving for the sign-in page; nothing to say here.
    if (error.kind === "session_ended") return;
    $("notice").replaceChildren(notice("bad", error.message));
    say(error.message);
    if (!error.kind) throw error;
  }
}
