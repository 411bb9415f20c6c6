import { Hono, type HonoRequest } from "hono";
import type { z } from "zod";
import { parseJson } from "@/lib/json";
import type { SimulatorEnv } from "@/sandbox/kit";
import { badFormat, ItemErrors, missing, notFound, RozetkaError, serverError } from "./envelope";
import type { Gate } from "./gate";
import type { Method } from "./method";
import { accountMethods, logIn } from "./routes-account";
import { chatMethods } from "./routes-chats";
import { goodsMethods } from "./routes-goods";
import { orderMethods } from "./routes-orders";
import type { RozetkaState } from "./state";

interface Found {
  readonly method: Method;
  readonly id: number;
}

function finder(methods: readonly Method[]): (verb: string, path: string) => Found | undefined {
  // Literal paths before those with a number in them.
  const patterns = methods
    .map((method) => ({ method, pattern: new RegExp(`^${method.path.replace("{id}", "(?<id>\\d{1,15})")}$`) }))
    .sort((left, right) => Number(left.method.path.includes("{")) - Number(right.method.path.includes("{")));
  return (verb, path) => {
    for (const { method, pattern } of patterns) {
      const match = method.verb === verb ? pattern.exec(path) : null;
      if (match !== null) return { method, id: Number(match.groups?.["id"] ?? 0) };
    }
    return undefined;
  };
}

/** Every route of the simulated service, with the gate in front. Failures are 200 too. */
export function rozetkaRoutes(state: RozetkaState, gate: Gate): Hono<SimulatorEnv> {
  const find = finder([...accountMethods(state), ...orderMethods(state), ...goodsMethods(state), ...chatMethods(state)]);
  async function serve(request: HonoRequest, path: string): Promise<Response> {
    const contentType = request.header("content-type") ?? "";
    const bytes = Buffer.from(await request.arrayBuffer());
    if (path === "/sites" && request.method === "POST") return answer(logIn(gate, jsonOf(bytes, contentType)));
    const entered = gate.enter(request.header("authorization"));
    const found = find(request.method, path);
    if (found === undefined) throw notFound();
    const { method, id } = found;
    gate.require(entered, method.section, method.permission);
    const search = Object.fromEntries(new URL(request.url).searchParams);
    const query = method.query.safeParse(search);
    if (!query.success) {
      if (method.whenWrong !== undefined && request.header("accept-validate-exception") !== "1") return answer(method.whenWrong);
      throw refusal(query.error, search);
    }
    const input = await readBody(method, bytes, contentType);
    const content = await method.answer({ market: entered.market, id, query: query.data, ...input } as never);
    return content instanceof Response ? content : answer(content);
  }

  const app = new Hono<SimulatorEnv>();
  app.all("*", async (c) => {
    const path = c.req.path.replace(/^\/rozetka(?=\/)/, "");
    try {
      return await serve(c.req, path);
    } catch (error) {
      const known = error instanceof RozetkaError || error instanceof ItemErrors ? error : serverError();
      if (known !== error) process.stderr.write(`rozetka simulator: ${path}: ${String(error)}\n`);
      return Response.json(known.body());
    }
  });
  return app;
}

const answer = (content: unknown) => Response.json({ success: true, content });

async function readBody(method: Method, bytes: Buffer, contentType: string): Promise<{ readonly body: unknown; readonly form: FormData | undefined }> {
  if (method.verb === "GET") return { body: {}, form: undefined };
  if (method.multipart && contentType.startsWith("multipart/form-data")) {
    const form = await formOf(bytes, contentType);
    const fields = Object.fromEntries([...form].filter(([, value]) => typeof value === "string"));
    return { body: check(method.body, fields), form };
  }
  return { body: check(method.body, jsonOf(bytes, contentType)), form: undefined };
}

async function formOf(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } }).formData();
  } catch (error) {
    if (error instanceof TypeError) throw badFormat("body");
    throw error;
  }
}

function jsonOf(bytes: Buffer, contentType: string): unknown {
  if (!/^application\/json\b/i.test(contentType)) throw badFormat("Content-Type");
  try {
    return parseJson(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw badFormat("body");
    throw error;
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(result.error, value);
}

function refusal(error: z.ZodError, value: unknown): RozetkaError {
  const path = error.issues[0]?.path ?? [];
  const name = path.join(".");
  const given = path.length === 1 && typeof value === "object" && value !== null ? (value as Record<string, unknown>)[String(path[0])] : true;
  return given === undefined ? missing(name) : badFormat(name);
}
