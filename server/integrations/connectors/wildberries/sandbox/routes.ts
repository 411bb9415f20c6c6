import { type Context, Hono } from "hono";
import type { SimulatorEnv } from "@/sandbox/kit";
import { WbError } from "./errors";
import { Gate } from "./gate";
import type { Call, Operation } from "./operation";
import { accountOperations, pathNotFound } from "./routes-account";
import { answerOperations } from "./routes-answers";
import { chatOperations } from "./routes-chat";
import { offerOperations } from "./routes-offers";
import { orderOperations } from "./routes-orders";
import { statisticsOperations } from "./routes-statistics";
import { tradeOperations } from "./routes-trade";
import type { Seller, WbState } from "./state";

/** Every host of the service under one roof: `/wildberries/<host>/…`, with the gate in front of the API hosts. */
export function wildberriesRoutes(state: WbState): Hono<SimulatorEnv> {
  const gate = new Gate(state);
  const operations = [
    ...accountOperations(state),
    ...chatOperations(state),
    ...answerOperations(state),
    ...tradeOperations(state),
    ...orderOperations(state),
    ...offerOperations(state),
    ...statisticsOperations(state),
  ];
  const app = new Hono<SimulatorEnv>();
  app.all("*", async (c) => {
    const [, host = "", path = ""] = /^(?:\/wildberries)?\/([^/]+)(\/.*)$/.exec(c.req.path) ?? [];
    if (/^feedback\d\d$/.test(host)) return photo(state, path);
    const headers: Record<string, string> = {};
    let refused: () => void = () => undefined;
    try {
      const { operation, id } = find(operations, host, c.req.method, path) ?? {};
      if (operation === undefined || id === undefined) throw pathNotFound(state);
      const { seller, remaining, charge } = gate.admit(c.req.header("authorization"), operation);
      refused = charge;
      headers["X-Ratelimit-Remaining"] = String(remaining);
      return finish(await operation.answer(callOf(c, seller, id)), headers);
    } catch (error) {
      if (error instanceof WbError) refused();
      return refusalOf(error, `${host}${path}`, headers);
    }
  });
  return app;
}

function find(operations: readonly Operation[], host: string, method: string, path: string): { operation: Operation; id: string } | undefined {
  for (const operation of operations) {
    if (operation.host !== host || operation.method !== method) continue;
    const [head = "", tail] = operation.path.split("{id}");
    if (tail === undefined) {
      if (operation.path === path) return { operation, id: "" };
      continue;
    }
    const id = path.slice(head.length, path.length - tail.length);
    if (path.startsWith(head) && path.endsWith(tail) && id !== "" && !id.includes("/")) return { operation, id: decodeURIComponent(id) };
  }
  return undefined;
}

function callOf(c: Context<SimulatorEnv>, seller: Seller, id: string): Call {
  return {
    seller,
    id,
    query: new URL(c.req.url).searchParams,
    contentType: c.req.header("content-type") ?? "",
    text: () => c.req.text(),
    form: () => c.req.formData(),
  };
}

function finish(value: unknown, headers: Readonly<Record<string, string>>): Response {
  const response = value instanceof Response ? value : Response.json(value);
  for (const [name, text] of Object.entries(headers)) response.headers.set(name, text);
  return response;
}

function refusalOf(error: unknown, where: string, headers: Readonly<Record<string, string>>): Response {
  if (!(error instanceof WbError)) {
    process.stderr.write(`wildberries simulator: ${where}: ${String(error)}\n`);
    return Response.json({ title: "internal error", status: 500 }, { status: 500 });
  }
  const own = error.status === 429 ? error.headers : { ...headers, ...error.headers };
  return new Response(JSON.stringify(error.body), { status: error.status, headers: { ...own, "content-type": error.contentType } });
}

/** The public picture hosts want no token. */
function photo(state: WbState, path: string): Response {
  const id = /^\/vol\d+\/part\d+\/([\w-]+)\/photos\/(?:fs|ms)\.webp$/.exec(path)?.[1] ?? "";
  const file = Object.values(state.sellers).flatMap((seller) => seller.files[id] ?? [])[0];
  if (!file) return new Response("not found", { status: 404 });
  return new Response(Buffer.from(file.base64, "base64"), { headers: { "content-type": file.contentType } });
}
