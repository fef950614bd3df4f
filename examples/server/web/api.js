// Talks to /api/v1. A failed call throws ApiError with what the server said, in Japanese.

export class ApiError extends Error {
  constructor(status, said) {
    super(said.message || "サーバーに届きませんでした。通信を確かめてやり直してください。");
    this.status = status;
    this.kind = said.name || "unreachable";
    this.field = said.field || "";
    this.detail = said.detail || "";
  }
}

let changeToken = "";

async function send(method, path, { json, file } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-Renraku-Token"] = changeToken;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (file) headers["Content-Type"] = "application/octet-stream";
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: file ?? (json === undefined ? undefined : JSON.stringify(json)),
      credentials: "same-origin",
    });
  } catch {
    throw new ApiError(0, {});
  }
  const said = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (response.ok) return said;
  if (said.name === "session_ended") signInAgain();
  throw new ApiError(response.status, said);
}

function signInAgain() {
  if (location.pathname === "/sign-in") return;
  sessionStorage.setItem("back", location.pathname + location.search);
  location.replace("/sign-in");
}

export const get = (path) => send("GET", path);
export const post = (path, json = {}) => send("POST", path, { json });
export const put = (path, json) => send("PUT", path, { json });
export const upload = (path, file) => send("POST", path, { file });

/** Signs in; the token for changes is taken up again by `me` on each page. */
export const signIn = (json) => send("POST", "/session", { json });
export const signOut = () => send("DELETE", "/session");

/** Who is signed in, and the municipality; leads to the sign-in page when nobody is. */
export async function me() {
  const said = await get("/session");
  changeToken = said.token;
  return said;
}

/** Every page of a list, one after another: for short lists alone. */
export async function all(path) {
  const items = [];
  let after = "";
  do {
    const page = await get(`${path}?size=200&after=${encodeURIComponent(after)}`);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}
