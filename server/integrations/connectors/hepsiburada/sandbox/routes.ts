import { type Context, Hono } from "hono";
import type { SimulatorEnv } from "@/sandbox/kit";
import { HbError, springError } from "./errors";
import { Gate } from "./gate";
import type { Call, Operation } from "./operation";
import { issueOperations } from "./routes-issues";
import { listingOperations } from "./routes-listings";
import { moneyOperations } from "./routes-money";
import { orderOperations } from "./routes-orders";
import { parcelOperations } from "./routes-parcels";
import type { HbState, Merchant } from "./state";

interface Found {
  readonly operation: Operation;
  readonly merchantId: string | undefined;
  readonly at: readonly string[];
}

/** Every host of the service under one roof: `/hepsiburada/<first label of the host>/…`. */
export function hepsiburadaRoutes(state: HbState): Hono<SimulatorEnv> {
  const gate = new Gate(state);
  const operations = [...orderOperations(state), ...parcelOperations(state), ...listingOperations(state), ...moneyOperations(state), ...issueOperations(state)];
  const app = new Hono<SimulatorEnv>();
  app.all("*", async (c) => {
    const [, host = "", path = ""] = /^(?:\/hepsiburada)?\/([^/]+)(\/.*)$/.exec(c.req.path) ?? [];
    try {
      const found = find(operations, host, c.req.method, path);
      const merchant = gate.admit(host, path, (name) => c.req.header(name), found?.merchantId);
      // The listing service knows `merchantid` in lower case only.
      if (host === "listing-external" && /\/merchantId\//.test(path))
        throw springError(400, "merchantid is required", path, state.host.clock.now().toISOString());
      if (!found) throw springError(404, "Not Found", path, state.host.clock.now().toISOString());
      const value = await found.operation.answer(callOf(c, merchant, found, path));
      return value instanceof Response ? value : Response.json(value);
    } catch (error) {
      return refusalOf(error, `${host}${path}`);
    }
  });
  return app;
}

function find(operations: readonly Operation[], host: string, method: string, path: string): Found | undefined {
  for (const operation of operations) {
    if (operation.host !== host || operation.method !== method) continue;
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const match = new RegExp(`^${operation.path.replace(/\{\w+\}/g, "([^/]+)")}$`, "i").exec(path);
    if (!match) continue;
    const values = match.slice(1).map(decodeURIComponent);
    return { operation, merchantId: values[names.indexOf("m")], at: values.filter((_, index) => names[index] !== "m") };
  }
  return undefined;
}

function callOf(c: Context<SimulatorEnv>, merchant: Merchant, { at }: Found, path: string): Call {
  return {
    merchant,
    at,
    path,
    query: new URL(c.req.url).searchParams,
    contentType: c.req.header("content-type") ?? "",
    header: (name) => c.req.header(name),
    text: () => c.req.text(),
    form: () => c.req.formData(),
  };
}

function refusalOf(error: unknown, where: string): Response {
  if (error instanceof HbError) return Response.json(error.body, { status: error.status, headers: error.headers });
  process.stderr.write(`hepsiburada simulator: ${where}: ${String(error)}\n`);
  return Response.json({ message: "internal error", status: 500 }, { status: 500 });
}
