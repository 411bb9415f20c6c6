import { type Context, Hono } from "hono";
import type { SimulatorEnv } from "@/sandbox/kit";
import type { Gate } from "./gate";
import { answerGraphql } from "./graphql";
import type { ShopifyState } from "./state";

const SERVED = ["2026-01", "2026-04", "2026-07", "2026-10"];
const TOKEN_SECONDS = 86_399;

/** One shop's host: token, GraphQL, and below `/results` the other host that result files lie at. */
export function shopifyRoutes(state: ShopifyState, gate: Gate): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>();
  app.post("/admin/oauth/access_token", (c) => token(state, c));
  app.post("/admin/api/:version/graphql.json", async (c) => {
    const asked = c.req.param("version");
    if (!/^\d{4}-\d{2}$/.test(asked) || asked > "2027-01") return c.json({ errors: "Not Found" }, 404);
    const shop = gate.shopOf(c.req.header("x-shopify-access-token"));
    if (shop === undefined) return c.json({ errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" }, 401);
    if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) return c.json({ errors: "Unsupported content type" }, 415);
    state.onApiUse();
    // A version that has gone is served by the oldest there is.
    const version = SERVED.includes(asked) ? asked : (SERVED[0] ?? asked);
    const answer = answerGraphql(state, gate, shop, await c.req.text());
    return c.json(answer as object, 200, { "X-Shopify-API-Version": version, "X-Request-Id": state.random.uuid() });
  });
  app.get("/results/shopify-tiers-assets/:file", (c) => result(state, c));
  app.all("*", (c) => c.html("<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>", 404));
  return app;
}

async function token(state: ShopifyState, c: Context<SimulatorEnv>): Promise<Response> {
  const text = await c.req.text();
  const isJson = /^application\/json\b/i.test(c.req.header("content-type") ?? "");
  const given = new Map(isJson ? Object.entries(objectOf(text)) : [...new URLSearchParams(text)]);
  if (given.get("grant_type") !== "client_credentials") return c.json({ error: "unsupported_grant_type", error_description: "Unsupported grant type" }, 400);
  const shop = Object.values(state.shops).find((candidate) => candidate.clientId === given.get("client_id"));
  if (shop === undefined || shop.clientSecret !== given.get("client_secret"))
    return c.json({ error: "invalid_client", error_description: "Client authentication failed" }, 400);
  if (!shop.installed) return c.json({ error: "app_not_installed", error_description: "The app is not installed on this shop" }, 400);
  const value = `shpat_${state.random.uuid().replaceAll("-", "")}`;
  shop.tokens[value] = { expiresAtMs: state.host.clock.nowMs() + TOKEN_SECONDS * 1_000 };
  return c.json({ access_token: value, scope: shop.scopes.join(","), expires_in: TOKEN_SECONDS });
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Not JSON is a request without parameters.
    return {};
  }
}

const KEPT_MS = 7 * 86_400_000;

/** The address is the right to read; ranges are served as the storage does. */
function result(state: ShopifyState, c: Context<SimulatorEnv>): Response {
  const id = Number(/^bulk-(\d+)\.jsonl$/.exec(c.req.param("file") ?? "")?.[1] ?? Number.NaN);
  const operation = Object.values(state.shops)
    .flatMap((shop) => shop.operations)
    .find((candidate) => candidate.id === id);
  const isGood = c.req.query("Signature") === "sandbox" && operation !== undefined && state.host.clock.nowMs() - operation.createdAtMs < KEPT_MS;
  if (operation === undefined || !isGood) return c.text("<Error><Code>AccessDenied</Code></Error>", 403);
  if (c.req.header("x-shopify-access-token") !== undefined) return c.text("<Error><Code>InvalidArgument</Code></Error>", 400);
  const bytes = Buffer.from(operation.result);
  const range = /^bytes=(\d+)-(\d+)$/.exec(c.req.header("range") ?? "");
  if (range === null) return new Response(bytes, { headers: { "content-type": "application/jsonl" } });
  const from = Number(range[1]);
  if (from >= bytes.length) return c.text("<Error><Code>InvalidRange</Code></Error>", 416);
  const piece = bytes.subarray(from, Math.min(Number(range[2]) + 1, bytes.length));
  return new Response(piece, {
    status: 206,
    headers: { "content-type": "application/jsonl", "content-range": `bytes ${from}-${from + piece.length - 1}/${bytes.length}` },
  });
}
