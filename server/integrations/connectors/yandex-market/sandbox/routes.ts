import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { parse } from "lossless-json";
import type { z } from "zod";
import { stringifyJson } from "@/lib/json";
import type { SimulatorEnv } from "@/sandbox/kit";
import { badRequest, internal, notFound, YandexError } from "./errors";
import type { Events } from "./events";
import { Gate } from "./gate";
import type { Method } from "./method";
import { accountMethods } from "./routes-account";
import { chatMethods } from "./routes-chats";
import { feedbackMethods } from "./routes-feedback";
import { offerMethods } from "./routes-offers";
import { orderMethods } from "./routes-orders";
import { questionMethods } from "./routes-questions";
import { fileAnswer, reportMethods } from "./routes-reports";
import { tradeMethods } from "./routes-trade";
import type { YandexState } from "./state";

const MAX_BODY_BYTES = 512 * 1024;
const WHOLE = /^-?\d+$/;

interface Found {
  readonly method: Method;
  readonly businessId: string;
  readonly campaignId: string;
  readonly orderId: string;
  readonly reportId: string;
}

/** Finds the method of a path; one without a version means v2. */
function finder(methods: readonly Method[]): (verb: string, path: string) => Found | "verb" | undefined {
  const patterns = methods.map((method) => ({
    method,
    pattern: new RegExp(
      `^${method.path.replace("/v2/", "/(?:v2/)?").replace("{businessId}", "(?<businessId>\\d+)").replace("{campaignId}", "(?<campaignId>\\d+)").replace("{orderId}", "(?<orderId>\\d+)").replace("{reportId}", "(?<reportId>[^/]{1,255})")}$`,
    ),
  }));
  return (verb, path) => {
    const fitting = patterns.flatMap(({ method, pattern }) => {
      const match = pattern.exec(path);
      const { businessId = "", campaignId = "", orderId = "", reportId = "" } = match?.groups ?? {};
      return match === null ? [] : [{ method, businessId, campaignId, orderId, reportId }];
    });
    return fitting.find(({ method }) => method.verb === verb) ?? (fitting.length > 0 ? "verb" : undefined);
  };
}

/** Every route of the simulated service, with the gate in front. */
export function yandexRoutes(state: YandexState, events: Events): Hono<SimulatorEnv> {
  const gate = new Gate(state);
  const find = finder([
    ...accountMethods(state),
    ...chatMethods(state, events),
    ...feedbackMethods(state, events),
    ...questionMethods(state, events),
    ...tradeMethods(),
    ...orderMethods(events),
    ...offerMethods(),
    ...reportMethods(state),
  ]);
  const app = new Hono<SimulatorEnv>();
  app.all("*", async (c) => {
    const path = c.req.path.replace(/^\/yandex-market(?=\/)/, "");
    // The answer's own moment: callers hold the end of a quota against it.
    const headers: Record<string, string> = { Date: state.host.clock.now().toUTCString() };
    try {
      if (path.startsWith("/media/")) return mediaAnswer(state, c.req.method, path, headers);
      if (path.startsWith("/report-files/")) return fileAnswer(state, c.req.raw, path, headers);
      const key = gate.keyOf(c.req.header("api-key"), c.req.header("authorization"));
      const found = find(c.req.method, path);
      if (found === undefined) throw notFound("Resource not found");
      if (found === "verb") throw new YandexError(405, "METHOD_NOT_ALLOWED", "Request method is not supported");
      const { method, campaignId, orderId, reportId } = found;
      const business = gate.businessOf(key, found);
      gate.requireScope(key, method);
      const answer = await gate.within(business, method, campaignId, async () => {
        Object.assign(headers, gate.count(business, method));
        if (business.quirks.latencyMs > 0) await sleep(business.quirks.latencyMs);
        const input = await readInput(method, c.req.raw, Buffer.from(await c.req.arrayBuffer()), new URL(c.req.url).searchParams);
        const units = method.units?.(input.body as never) ?? 1;
        if (units > 1) Object.assign(headers, gate.count(business, method, units - 1));
        return method.answer({ business, key, campaignId, orderId, reportId, ...input } as never);
      });
      return new Response(stringifyJson(answer), { headers: { ...headers, "content-type": "application/json; charset=UTF-8" } });
    } catch (error) {
      const refusal = error instanceof YandexError ? error : internal();
      if (refusal !== error) process.stderr.write(`yandex-market simulator: ${path}: ${String(error)}\n`);
      return Response.json(refusal.body(), { status: refusal.status, headers: { ...headers, ...refusal.headers } });
    }
  });
  return app;
}

async function readInput(method: Method, request: Request, body: Buffer, search: URLSearchParams) {
  const query = check(method.query, Object.fromEntries(search), "INVALID_QUERY_PARAMETER");
  const contentType = request.headers.get("content-type") ?? "";
  if (method.verb === "GET") return { query, body: {}, form: undefined };
  if (method.multipart) {
    if (!contentType.startsWith("multipart/form-data")) throw new YandexError(415, "UNSUPPORTED_MEDIA_TYPE", "Content type is not supported");
    return { query, body: {}, form: await formOf(body, contentType) };
  }
  if (body.byteLength > MAX_BODY_BYTES) throw badRequest("Request body is too large");
  if (body.byteLength > 0 && !/^application\/json\b/i.test(contentType)) throw new YandexError(415, "UNSUPPORTED_MEDIA_TYPE", "Content type is not supported");
  return { query, body: check(method.body, parseBody(body.toString("utf8")), "BAD_REQUEST"), form: undefined };
}

async function formOf(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  } catch (error) {
    if (error instanceof TypeError) throw badRequest("Failed to parse multipart request");
    throw error;
  }
}

/** Whole numbers beyond 2^53 become bigint and lose no digit. */
function parseBody(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return parse(text, undefined, {
      parseNumber: (digits: string) => (WHOLE.test(digits) && !Number.isSafeInteger(Number(digits)) ? BigInt(digits) : Number(digits)),
    });
  } catch {
    // The reason of the parser says where our text is wrong, not what the real service would print.
    throw badRequest("Malformed JSON request");
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown, code: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === "unrecognized_keys") throw badRequest(`Unknown field '${[...issue.path, issue.keys[0]].join(".")}'`, "UNKNOWN_PARAMETER");
  throw badRequest(`Invalid value of '${issue?.path.join(".") ?? ""}': ${issue?.message ?? "unknown"}`, code);
}

function mediaAnswer(state: YandexState, verb: string, path: string, headers: Record<string, string>): Response {
  const file = state.files.get(path.slice("/media/files/".length).split("/")[0] ?? "");
  if (verb !== "GET" || file === undefined) return new Response("not found", { status: 404, headers });
  return new Response(Buffer.from(file.bytes), { headers: { ...headers, "content-type": file.contentType } });
}
