import type { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { OPERATIONS, type Operation, type OperationName } from "./endpoints";
import { rozetkaError } from "./errors";
import { anything, chatListSchema, envelopeSchema, goodsListSchema, loginSchema, orderListSchema, type RemoteLogin, statusListSchema } from "./schemas";
import { openedChatSchema, sentSchema } from "./schemas-chats";
import { itemErrorsSchema } from "./schemas-goods";

const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 30_000;
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** "About 24 hours" by three clients; renewed before that. */
const SESSION_MS = 20 * 3_600_000;
const SESSION = "session";

type Query = Readonly<Record<string, string | number | undefined>>;
interface CallInput {
  readonly id?: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly form?: FormData;
}
/** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
type Nature = "read" | "write" | "idempotent";

export type RozetkaClient = ReturnType<typeof openRozetka>;
type ClientContext = Pick<ConnectorContext, "credentials" | "http" | "clock" | "tokens">;
type Call = ReturnType<typeof caller>;

/** Path and query of an operation. Ids are digits by then: nothing else is put into a path. */
function pathOf(name: OperationName, { id = "", query = {} }: CallInput): string {
  const path = OPERATIONS[name].path.replace("{id}", id);
  const told = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return told.length === 0 ? path : `${path}?${new URLSearchParams(told).toString()}`;
}

interface Encoded {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

async function encode({ body, form }: CallInput): Promise<Encoded> {
  if (form === undefined) return body === undefined ? { headers: {} } : { headers: { "Content-Type": "application/json" }, body: stringifyJson(body) };
  // The runtime's own encoder writes the parts; its boundary goes into the header.
  const encoded = new Response(form);
  return {
    headers: { "Content-Type": encoded.headers.get("content-type") ?? "multipart/form-data" },
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}

/** Sends one call and gives back what the service answered with a 2xx. */
async function exchange(context: ClientContext, name: OperationName, input: CallInput, nature: Nature, bearer?: string): Promise<RemoteResponse> {
  const operation: Operation = OPERATIONS[name];
  const { headers, body } = await encode(input);
  const response = await context.http.send({
    method: operation.method,
    path: pathOf(name, input),
    group: operation.group,
    headers: {
      ...headers,
      "Content-Language": "uk",
      ...(operation.validates === true ? { "Accept-Validate-Exception": "1" } : {}),
      ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    },
    ...(body === undefined ? {} : { body }),
    repeatable: nature !== "write",
    timeoutMs: nature === "read" ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
    maxBytes: MAX_FILE_BYTES,
  });
  if (response.status >= 200 && response.status < 300) return response;
  throw failed(name, response, nature);
}

function failed(name: OperationName, response: RemoteResponse, nature: Nature): ConnectorError {
  const { path } = OPERATIONS[name];
  return rozetkaError({ path, status: response.status, headers: response.headers, body: response.text(), isWrite: nature === "write" });
}

interface Envelope {
  readonly success: boolean;
  readonly content?: unknown;
  readonly errors?: unknown;
}

function open(name: OperationName, response: RemoteResponse, nature: Nature): Envelope {
  const text = response.text();
  const answer = { path: OPERATIONS[name].path, status: response.status, body: text, isWrite: nature === "write" };
  try {
    const parsed = envelopeSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw unreadable(answer, parsed.error);
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable(answer, error) : error;
  }
}

function contentOf<S extends z.ZodType>(name: OperationName, response: RemoteResponse, schema: S, nature: Nature): z.output<S> {
  const envelope = open(name, response, nature);
  if (!envelope.success) throw failed(name, response, nature);
  const parsed = schema.safeParse(envelope.content);
  if (parsed.success) return parsed.data;
  throw unreadable({ path: OPERATIONS[name].path, status: response.status, body: response.text(), isWrite: nature === "write" }, parsed.error);
}

/** @throws ConnectorError `auth` `rozetka.login_rejected`. */
async function logIn(context: ClientContext): Promise<RemoteLogin> {
  const { login = "", password = "" } = context.credentials as { login?: string; password?: string };
  const body = { username: login, password: Buffer.from(password, "utf8").toString("base64") };
  // Twice is harmless: a second token is as good as the first.
  return contentOf("login", await exchange(context, "login", { body }, "idempotent"), loginSchema, "idempotent");
}

const accessOf = (context: ClientContext, login: RemoteLogin) => ({
  value: login.access_token,
  expiresAt: new Date(context.clock.now().getTime() + SESSION_MS),
});

/**
 * A login that is certainly new, kept for the other processes: it proves the password and tells the shop.
 * @returns undefined where a role token is used: there is nothing to log in with.
 */
export async function freshLogin(context: ClientContext): Promise<RemoteLogin | undefined> {
  if ((context.credentials["token"] ?? "") !== "") return undefined;
  const known: { login?: RemoteLogin } = {};
  const make = async () => {
    known.login = await logIn(context);
    return accessOf(context, known.login);
  };
  const held = await context.tokens.get(SESSION, make);
  if (known.login !== undefined) return known.login;
  await context.tokens.drop(SESSION, held);
  await context.tokens.get(SESSION, make);
  return known.login;
}

/** Signs, sends and checks the shape; never maps. An ended session is renewed once: such an answer means that nothing was carried out. */
function caller(context: ClientContext) {
  const own = context.credentials["token"] ?? "";
  const bearer = async () => (own === "" ? context.tokens.get(SESSION, async () => accessOf(context, await logIn(context))) : own);

  async function signed<T>(name: OperationName, input: CallInput, nature: Nature, read: (response: RemoteResponse) => T): Promise<T> {
    const token = await bearer();
    try {
      return read(await exchange(context, name, input, nature, token));
    } catch (error) {
      if (own !== "" || !(error instanceof ConnectorError) || error.kind !== "auth") throw error;
    }
    await context.tokens.drop(SESSION, token);
    return read(await exchange(context, name, input, nature, await bearer()));
  }

  return {
    content: <S extends z.ZodType>(name: OperationName, input: CallInput, schema: S, nature: Nature = "read"): Promise<z.output<S>> =>
      signed(name, input, nature, (response) => contentOf(name, response, schema, nature)),
    signed,
  };
}

const raw = (id: string) => new RawInteger(id);

/** One method per remote operation. Throws `ConnectorError` as `errors.ts` classifies. */
export function openRozetka(context: ClientContext) {
  const call = caller(context);
  return { ...orderCalls(call), ...goodsCalls(call), ...chatCalls(call) };
}

/** What comes with every order. Only what is read: each name costs the service a join. */
const ORDER_EXPAND = "user,delivery,purchases,status_data,status_available,order_status_history,is_access_change_order,payment_type,status_payment";

function orderCalls(call: Call) {
  return {
    /** 20 a page, newest first. */
    orders: (query: Query) => call.content("orders", { query: { ...query, sort: "-id", expand: ORDER_EXPAND } }, orderListSchema),
    order: (id: string) => call.content("order", { id, query: { expand: ORDER_EXPAND } }, anything),
    updateOrder: (id: string, change: { readonly status: string; readonly ttn?: string | undefined; readonly seller_comment?: string | undefined }) =>
      call.content("updateOrder", { id, body: { ...change, status: Number(change.status) } }, anything, "write"),
    statuses: () => call.content("statuses", { query: { expand: "status_available" } }, statusListSchema),
  };
}

/** Whole hryvnias; -1 takes a crossed-out price away. */
export interface ItemUpdate {
  readonly rzItemId: string;
  readonly price?: bigint;
  readonly price_old?: bigint;
  readonly stock_quantity?: number;
}

function goodsCalls(call: Call) {
  return {
    goods: (query: Query) => call.content("goods", { query }, goodsListSchema),
    /** Items whose new price waits for a manager. */
    goodsPrices: (query: Query) => call.content("goodsPrices", { query }, goodsListSchema),
    goodsDetails: (rzItemId: string) => call.content("goodsDetails", { query: { rz_item_id: rzItemId } }, anything),
    /** @returns what the service says against single items, by their id; empty = it took them all. Absolute values: twice is once. */
    massUpdate: (items: readonly ItemUpdate[]): Promise<ReadonlyMap<string, string>> => {
      const body = { isIgnoreCheck: 0, items: items.map(({ rzItemId, ...change }) => ({ item_rz_id: raw(rzItemId), ...change })) };
      return call.signed("massUpdate", { body }, "idempotent", (response) => {
        const envelope = open("massUpdate", response, "idempotent");
        if (envelope.success) return new Map<string, string>();
        const perItem = itemErrorsSchema.safeParse(envelope.errors);
        if (!perItem.success || Object.keys(perItem.data).length === 0) throw failed("massUpdate", response, "idempotent");
        const words = Object.entries(perItem.data).map(([id, { reason }]) => [id, reason.flatMap(({ value }) => value ?? []).join("; ")] as const);
        return new Map(words);
      });
    },
  };
}

interface NewMessage {
  readonly chatId: string;
  readonly receiverId: string;
  readonly body: string;
  readonly file?: { readonly name: string; readonly type: string; readonly content: Uint8Array } | undefined;
}

/** JSON as the documents show it; a form where there is a file. */
function messageInput({ chatId, receiverId, body, file }: NewMessage): CallInput {
  if (file === undefined) return { body: { chat_id: raw(chatId), receiver_id: raw(receiverId), body, sendEmailUser: 0 } };
  const form = new FormData();
  for (const [key, value] of Object.entries({ chat_id: chatId, receiver_id: receiverId, body, sendEmailUser: "0" })) form.set(key, value);
  form.set("file", new Blob([new Uint8Array(file.content)], { type: file.type }), file.name);
  return { form };
}

/** With the messages in it, so that no chat has to be opened: opening marks it as read. */
const CHAT_EXPAND = "messages,item,user_fio";

function chatCalls(call: Call) {
  return {
    /** 20 a page, last changed first. */
    chats: (query: Query) => call.content("chats", { query: { ...query, sort: "-updated", expand: CHAT_EXPAND } }, chatListSchema),
    chatCounts: () => call.content("chatCounts", {}, anything),
    /** Marks the chat and its messages as read. */
    openChat: (id: string) => call.content("chat", { id }, anything, "idempotent"),
    orderChat: (orderId: string) => call.content("orderChat", { id: orderId }, openedChatSchema, "idempotent"),
    send: (message: NewMessage) => call.content("sendMessage", messageInput(message), sentSchema, "write"),
    file: (id: string) =>
      call.signed("file", { id }, "read", (response) => {
        // A refusal comes as 200 with the usual envelope instead of the bytes.
        if (!/^application\/json/i.test(response.headers["content-type"] ?? "")) return response;
        throw failed("file", response, "read");
      }),
  };
}
