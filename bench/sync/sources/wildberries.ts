import sample from "@/server/integrations/connectors/wildberries/fixtures/sale-row.json" with { type: "json" };
import { ALL_CATEGORIES, makeToken } from "@/server/integrations/connectors/wildberries/sandbox/token";
import { type BenchSource, CHATS, indexes, MESSAGES_A_CHAT, momentOf, type PageAnswer, type PageRequest, SALES } from "../source";

const NOW_MS = Date.now();
const FIRST_RRD = 1_232_610_467;
/** As the simulator has them; the service's own number is not told. */
const EVENTS_A_PAGE = 50;
/** Chats that go on side by side. */
const AT_ONCE = 10;
const DAYS = 29;

/** Rows of the realisation report, asked for by the last row's id; the end is told by 204. */
function report({ body }: PageRequest, rows: number): PageAnswer {
  const { rrdId, limit, fields } = JSON.parse(body) as { rrdId: number; limit: number; fields: string[] };
  const page = indexes(Math.max(0, rrdId - FIRST_RRD + 1), limit, rows);
  if (page.length === 0) return undefined;
  const base = Object.fromEntries(Object.entries(sample.payload).filter(([name]) => fields.includes(name)));
  return {
    json: page.map((index) => ({
      ...base,
      rrdId: FIRST_RRD + index,
      rrDate: new Date(momentOf(index, rows, DAYS, NOW_MS)).toISOString().slice(0, 10),
      docTypeName: index % 20 === 19 ? "Возврат" : "Продажа",
      retailPriceWithDisc: `${399 + (index % 500)}.68`,
      orderId: 2_816_993_144 + index,
      srid: `${"0f1c3999172603062979"}${String(index).padStart(20, "0")}`,
    })),
  };
}

const chatOf = (index: number) => AT_ONCE * Math.floor(index / (AT_ONCE * MESSAGES_A_CHAT)) + (index % AT_ONCE);
const chatId = (chat: number) => `1:1e265a58-a120-b178-008c-${String(chat).padStart(12, "0")}`;
const signOf = (chat: number) =>
  `${chatId(chat)}:66f136e919a8207e136757754f253189bfb9ae1ad9da9170c9d5c478626663908888c370216525bef51c0ca8d77952e05c9c17f9b63ab003`;

/** Events a tenth of a second apart, asked for by the last one's moment. */
function events({ query }: PageRequest, rows: number): PageAnswer {
  const startMs = NOW_MS - 3_600_000 - rows * 100;
  const next = Number(query.get("next") ?? 0);
  const page = indexes(next < startMs ? 0 : Math.floor((next - startMs) / 100) + 1, EVENTS_A_PAGE, rows);
  const at = (index: number) => startMs + index * 100;
  const last = page.at(-1);
  return {
    json: {
      result: {
        next: last === undefined ? next : at(last),
        totalEvents: page.length,
        events: page.map((index) => eventOf(index, at(index))),
      },
      errors: null,
    },
  };
}

function eventOf(index: number, atMs: number): unknown {
  const chat = chatOf(index);
  const isClient = Math.floor(index / AT_ONCE) % 2 === 0;
  return {
    chatID: chatId(chat),
    eventID: `55adee45-11f0-33b6-a847-${String(index).padStart(12, "0")}`,
    eventType: "message",
    message: { text: `Здравствуйте! Пришёл не тот цвет. Можно вернуть и заказать другой товар? (${chat}/${index})` },
    source: isClient ? "rusite" : "seller-portal",
    addTimestamp: atMs,
    addTime: new Date(atMs).toISOString(),
    replySign: signOf(chat),
    sender: isClient ? "client" : "seller",
    ...(isClient ? { clientName: "Алёна" } : {}),
  };
}

function chats(rows: number): PageAnswer {
  const all = indexes(0, rows, Math.ceil(rows / MESSAGES_A_CHAT));
  return { json: { result: all.map((chat) => ({ chatID: chatId(chat), replySign: signOf(chat), clientName: "Алёна" })), errors: null } };
}

/** The realisation report, row by row, and the feed of chat events. */
export const wildberriesSource: BenchSource = {
  connectorId: "wildberries",
  credentials: {
    token: makeToken({
      sid: "e8923014-e233-4708-898e-3cc86d67ea61",
      kind: "personal",
      categories: ALL_CATEGORIES,
      readOnly: false,
      expiresAtMs: NOW_MS + 86_400_000,
      id: "0a000000-0000-4000-8000-3cc86d67ea61",
    }),
  },
  streams: [
    { id: "sales", tables: SALES, records: (rows) => rows },
    { id: "chats", tables: CHATS, records: (rows) => rows },
  ],
  answer(request, rows) {
    if (request.path.endsWith("/sales-reports/detailed")) return report(request, rows);
    if (request.path.endsWith("/seller/events")) return events(request, rows);
    if (request.path.endsWith("/seller/chats")) return chats(rows);
    // The early figures of the last days: the report has everything.
    return { json: [] };
  },
};
