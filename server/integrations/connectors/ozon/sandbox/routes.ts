import { Hono } from "hono";
import type { SimulatorEnv } from "@/sandbox/kit";
import { checkBody, parseBody } from "./body";
import { internal, OzonError } from "./errors";
import type { Events } from "./events";
import { Gate } from "./gate";
import type { Method } from "./method";
import { PIXEL } from "./past-chats";
import type { PushService } from "./push";
import { accountMethods } from "./routes-account";
import { chatMethods } from "./routes-chat";
import { sendMethods } from "./routes-chat-send";
import { financeMethods } from "./routes-finance";
import { fulfilmentMethods } from "./routes-fulfilment";
import { notificationMethods } from "./routes-notification";
import { offerMethods } from "./routes-offers";
import { postingMethods } from "./routes-posting";
import { productMethods } from "./routes-product";
import { questionMethods } from "./routes-question";
import { IMAGE_PATH, reviewMethods } from "./routes-review";
import type { OzonState, Seller } from "./state";

const FILE_PATH = "/v2/chat/file/";

/** Every route of the simulated service, with the gate in front. */
export function ozonRoutes(state: OzonState, push: PushService, events: Events): Hono<SimulatorEnv> {
  const gate = new Gate(state);
  const methods = new Map<string, Method>(
    [
      ...accountMethods(state),
      ...chatMethods(state),
      ...sendMethods(state),
      ...notificationMethods(state, push),
      ...postingMethods(),
      ...fulfilmentMethods(events),
      ...offerMethods(state, events),
      ...financeMethods(state),
      ...productMethods(),
      ...questionMethods(state),
      ...reviewMethods(state),
    ].map((entry) => [entry.path, entry]),
  );
  const app = new Hono<SimulatorEnv>();
  app.all("*", async (c, next) => {
    if (!pathOf(c.req.path).startsWith(IMAGE_PATH)) return next();
    return imageAnswer(c.req.method);
  });
  app.all("*", async (c) => {
    const path = pathOf(c.req.path);
    const isFile = path.startsWith(FILE_PATH);
    const headers: Record<string, string> = {};
    try {
      const { seller, key, remaining } = gate.admit({
        path,
        clientId: c.req.header("client-id"),
        apiKey: c.req.header("api-key"),
        ip: c.env.incoming.socket.remoteAddress ?? "",
      });
      headers["Ratelimit-Remaining"] = String(remaining);
      const entry = methods.get(path);
      if (!isFile && !entry) throw new OzonError(404, 5, "Not Found");
      gate.requireRole(key, path);
      if (isFile) return fileAnswer(state, seller, c.req.method, path, headers);
      if (!entry || c.req.method !== "POST") throw new OzonError(405, 12, "method is not allowed");
      if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) throw new OzonError(415, 3, "Content-Type must be application/json");
      const input = checkBody(entry.input, parseBody(await c.req.text()));
      return jsonAnswer(await entry.answer(seller, input as never, key), seller, headers);
    } catch (error) {
      const refusal = error instanceof OzonError ? error : internal();
      if (refusal !== error) process.stderr.write(`ozon simulator: ${path}: ${String(error)}\n`);
      return Response.json(refusal.body(), { status: refusal.status, headers: { ...headers, ...refusal.headers } });
    }
  });
  return app;
}

/** The path without the simulator's prefix. */
function pathOf(fullPath: string): string {
  return fullPath.replace(/^\/ozon(?=\/)/, "");
}

function fileAnswer(state: OzonState, seller: Seller, httpMethod: string, path: string, headers: Record<string, string>): Response {
  if (httpMethod !== "GET") throw new OzonError(405, 12, "method is not allowed");
  const file = state.files.get(path.slice(FILE_PATH.length).split("/")[0] ?? "");
  if (!file || file.clientId !== seller.clientId) throw new OzonError(404, 5, "file not found");
  return new Response(Buffer.from(file.bytes), { headers: { ...headers, "content-type": file.contentType } });
}

/** The image host: public, knows no keys, and every picture is the same. */
function imageAnswer(httpMethod: string): Response {
  return httpMethod === "GET" ? new Response(PIXEL, { headers: { "content-type": "image/png" } }) : new Response(null, { status: 405 });
}

const ID_FIELDS = /"(message_id|first_unread_message_id|last_message_id)":"(\d+)"/g;

function jsonAnswer(body: unknown, seller: Seller, headers: Record<string, string>): Response {
  if (body === null) return new Response(null, { status: 200, headers });
  const text = JSON.stringify(body);
  // Quotes inside a message's text are escaped, so the pattern can only meet real fields.
  const sent = seller.quirks.unquotedIds ? text.replace(ID_FIELDS, '"$1":$2') : text;
  return new Response(sent, { headers: { ...headers, "content-type": "application/json" } });
}
