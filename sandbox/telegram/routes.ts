import { type Context, Hono } from "hono";
import type { SimulatorEnv } from "../kit";
import { BotApiError } from "./answers";
import type { Listeners } from "./listeners";
import { beginGetUpdates, deleteWebhook, type Fields, getMe, getWebhookInfo, sendMessage, setWebhook } from "./methods";
import type { Bot, TelegramState } from "./state";

/** `/bot<token>/<method>`, by GET or POST, with fields in the query, in a form, in a multipart body or in JSON; methods in any case. */
export function telegramRoutes(state: TelegramState, listeners: Listeners): Hono<SimulatorEnv> {
  const routes = new Hono<SimulatorEnv>();
  routes.all("/:bot{bot[^/]+}/:method", async (c) => {
    try {
      const bot = botOf(state, c.req.param("bot").slice("bot".length));
      return c.json(await answer(state, listeners, bot, c.req.param("method").toLowerCase(), await fieldsOf(c), c.req.raw.signal));
    } catch (error) {
      if (error instanceof BotApiError) return Response.json(error.body(), { status: error.code });
      throw error;
    }
  });
  routes.all("*", () => Response.json(new BotApiError(404, "Not Found").body(), { status: 404 }));
  return routes;
}

function botOf(state: TelegramState, token: string): Bot {
  if (!/^\d+:[\w-]{30,64}$/.test(token)) throw new BotApiError(404, "Not Found");
  const bot = state.bots.get(token);
  if (bot === undefined || bot.isRevoked) throw new BotApiError(401, "Unauthorized");
  return bot;
}

async function answer(state: TelegramState, listeners: Listeners, bot: Bot, method: string, fields: Fields, signal: AbortSignal) {
  switch (method) {
    case "getme":
      return { ok: true, result: getMe(bot) };
    case "sendmessage":
      return { ok: true, result: sendMessage(state, bot, fields) };
    case "setwebhook":
      return { ok: true, ...setWebhook(state, bot, fields) };
    case "deletewebhook":
      return { ok: true, ...deleteWebhook(bot, fields) };
    case "getwebhookinfo":
      return { ok: true, result: getWebhookInfo(bot) };
    case "getupdates": {
      const wanted = beginGetUpdates(bot, fields);
      return { ok: true, result: await listeners.wait(bot, wanted, signal) };
    }
    default:
      throw new BotApiError(404, "Not Found: method not found");
  }
}

async function fieldsOf(c: Context<SimulatorEnv>): Promise<Fields> {
  const query = c.req.query();
  if (c.req.method === "GET") return query;
  const type = c.req.header("content-type") ?? "";
  if (type.includes("json")) return { ...query, ...(await jsonOf(c)) };
  if (type.includes("form")) return { ...query, ...(await c.req.parseBody()) };
  return query;
}

async function jsonOf(c: Context<SimulatorEnv>): Promise<Fields> {
  const text = await c.req.text();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BotApiError(400, "Bad Request: can't parse JSON object");
}
