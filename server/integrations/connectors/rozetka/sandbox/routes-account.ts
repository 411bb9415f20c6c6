import { z } from "zod";
import { badFormat, missing, pageOf } from "./envelope";
import type { Gate } from "./gate";
import { expandList, type Method, method, page, whole } from "./method";
import type { RozetkaState } from "./state";
import { allAvailable, STATUSES, statusJson } from "./statuses";

const loginBody = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** `POST /sites`: the only call without a token. */
export function logIn(gate: Gate, body: unknown): unknown {
  const parsed = loginBody.safeParse(body);
  if (!parsed.success) throw missing(String(parsed.error.issues[0]?.path[0] ?? "username"));
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(parsed.data.password)) throw badFormat("password");
  const { market, token } = gate.logIn(parsed.data.username, parsed.data.password);
  return {
    id: market.id + 111,
    access_token: token.value,
    permissions: market.permissions,
    roles: ["guest", "default_owner"],
    seller: { fio: "Олена Мельник", email: market.login, first_phone: { id: 1947, phone_number: "+380501112233", confirmed: true }, wizard: false },
    market: {
      id: market.id,
      logo: "",
      business_model: "b2c",
      title: market.title,
      title_translit: market.title,
      market_url: `https://rozetka.com.ua/seller/${market.id}`,
      war_block: false,
      status: "6",
      status_label: "Активний",
      fulfillment_available: false,
    },
    needInterview: false,
    lang: "uk",
    poll_link: "",
  };
}

/** Leaving, and the directory of statuses. */
export function accountMethods(state: RozetkaState): Method[] {
  return [
    method({
      verb: "POST",
      path: "/sites/logout",
      answer: ({ market }) => {
        for (const token of state.tokens.values()) if (token.marketId === market.id && token.kind === "session") token.revoked = true;
        return { logout: true };
      },
    }),
    method({
      path: "/order-statuses/search",
      section: "orders",
      query: z.object({ id: whole.optional(), name: z.string().optional(), status_group: z.string().optional(), expand: expandList, page }),
      whenWrong: { orderStatus: [], _meta: pageOf([], 1, 100)._meta },
      answer: ({ query }) => {
        const rows = STATUSES.filter(([id]) => query.id === undefined || id === query.id);
        const { page: shown, _meta } = pageOf(rows, query.page, 1_000);
        const withNext = (id: number) => (query.expand.has("status_available") ? { status_available: allAvailable(id) } : {});
        return { orderStatus: shown.map(([id]) => ({ ...statusJson(id), ...withNext(id) })), _meta };
      },
    }),
    method({
      path: "/status-availables/search",
      section: "orders",
      query: z.object({ parent_id: whole.optional() }),
      whenWrong: { statusAvailables: [] },
      answer: ({ query }) => ({
        statusAvailables: STATUSES.filter(([id]) => query.parent_id === undefined || id === query.parent_id).flatMap(([id]) => allAvailable(id)),
      }),
    }),
  ];
}
