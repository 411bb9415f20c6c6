import { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteResponse } from "../../contract/http";
import type { ConnectorContext, PullWarning } from "../../contract/ports";
import { MUTATIONS, type MutationName, QUERIES, type QueryName } from "./documents";
import { GRAPHQL_PATH, RESULT_HOST, SHOPIFY_HOSTS, TOKEN_PATH } from "./endpoints";
import { graphqlError, type RemoteGraphqlError, remoteErrorsSchema, shopifyError } from "./errors";
import { tokenSchema } from "./schemas";

const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 30_000;
const TOKEN = "access";
/** Asked for anew this long before its end. */
const TOKEN_MARGIN_MS = 5 * 60_000;

export type ShopifyContext = Pick<ConnectorContext, "credentials" | "http" | "clock" | "tokens">;
type Variables = Readonly<Record<string, unknown>>;

/** What an answer said besides its data. */
export interface Answered<T> {
  readonly data: T;
  /** Fields the app may not read: they came as null. */
  readonly warnings: readonly PullWarning[];
  /** Points the shop's bucket gets back a second, where the answer tells. */
  readonly restoreRate: number | undefined;
}

const envelopeSchema = z.object({
  data: z.unknown().optional(),
  errors: remoteErrorsSchema.optional().catch([]),
  extensions: z
    .object({ cost: z.looseObject({ throttleStatus: z.looseObject({ restoreRate: z.number() }).optional() }).optional() })
    .optional()
    .catch(undefined),
});

interface Call<S extends z.ZodType> {
  readonly name: QueryName | MutationName;
  readonly document: string;
  readonly variables: Variables;
  readonly schema: S;
  /** `read`: may be repeated freely. `write`: once; its outcome may stay unknown. */
  readonly nature: "read" | "write";
}

export type ShopifyClient = ReturnType<typeof shopifyClient>;

/** Tokens, documents and shapes; never maps. Throws `ConnectorError` as `errors.ts` classifies. */
export function shopifyClient(context: ShopifyContext) {
  return {
    async query<S extends z.ZodType>(name: QueryName, variables: Variables, schema: S): Promise<Answered<z.output<S>>> {
      return call(context, { name, document: QUERIES[name], variables, schema, nature: "read" });
    },
    async mutate<S extends z.ZodType>(name: MutationName, variables: Variables, schema: S): Promise<z.output<S>> {
      return (await call(context, { name, document: MUTATIONS[name], variables, schema, nature: "write" })).data;
    },
    result: (address: string, from: number, length: number) => result(context, address, from, length),
  };
}

async function call<S extends z.ZodType>(context: ShopifyContext, asked: Call<S>): Promise<Answered<z.output<S>>> {
  const token = await tokenOf(context);
  const response = await exchange(context, asked, token);
  if (response.status !== 401) return understand(asked, response);
  // A token of ours may have been ended (an app re-installed, a secret rotated): one more try with a new one.
  if (isStatic(context)) throw failed(asked, response);
  await context.tokens.drop(TOKEN, token);
  return understand(asked, await exchange(context, asked, await tokenOf(context)));
}

const isStatic = ({ credentials }: ShopifyContext) => (credentials["accessToken"] ?? "") !== "";

function exchange<S extends z.ZodType>(context: ShopifyContext, { name, document, variables, nature }: Call<S>, token: string): Promise<RemoteResponse> {
  const isWrite = nature === "write";
  return context.http.send({
    method: "POST",
    path: GRAPHQL_PATH,
    group: isWrite ? "writes" : "reads",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-Shopify-Access-Token": token },
    body: stringifyJson({ query: document, operationName: name, variables }),
    repeatable: !isWrite,
    timeoutMs: isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS,
  });
}

function failed({ name, nature }: Pick<Call<z.ZodType>, "name" | "nature">, response: RemoteResponse): ConnectorError {
  return shopifyError({ path: name, status: response.status, headers: response.headers, body: response.text(), isWrite: nature === "write" });
}

function understand<S extends z.ZodType>(asked: Call<S>, response: RemoteResponse): Answered<z.output<S>> {
  if (response.status < 200 || response.status >= 300) throw failed(asked, response);
  const body = response.text();
  const isWrite = asked.nature === "write";
  const broken = (cause: unknown) => unreadable({ path: asked.name, status: response.status, body, isWrite }, cause);
  const envelope = envelopeSchema.safeParse(jsonOf(body, broken));
  if (!envelope.success) throw broken(envelope.error);
  const { data, errors = [], extensions } = envelope.data;
  const denied = data === undefined || data === null ? undefined : deniedFields(errors);
  if (errors.length > 0 && denied === undefined) throw graphqlError(asked.name, errors, extensions?.cost, isWrite);
  const parsed = asked.schema.safeParse(data);
  if (parsed.success) return { data: parsed.data, warnings: denied ?? [], restoreRate: extensions?.cost?.throttleStatus?.restoreRate };
  // What the key may not read can also be more than a record can do without.
  throw errors.length > 0 ? graphqlError(asked.name, errors, extensions?.cost, isWrite) : broken(parsed.error);
}

function jsonOf(body: string, broken: (cause: unknown) => ConnectorError): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    throw error instanceof SyntaxError ? broken(error) : error;
  }
}

/** Fields inside records that this app may not read come as null with an error each; anything else is a failure of the call. */
function deniedFields(errors: readonly RemoteGraphqlError[]): readonly PullWarning[] | undefined {
  const fields = new Set<string>();
  for (const { path, extensions } of errors) {
    if (extensions?.code !== "ACCESS_DENIED" || path === undefined || path.length < 2) return undefined;
    fields.add(path.filter((part) => typeof part === "string").join("."));
  }
  return [...fields].map((field) => ({ code: "shopify.field_denied", params: { field } }));
}

/** The token of an old custom app, or one of a day that the client credentials bring. */
function tokenOf(context: ShopifyContext): Promise<string> {
  const known = context.credentials["accessToken"] ?? "";
  return known === "" ? context.tokens.get(TOKEN, () => makeToken(context)) : Promise.resolve(known);
}

async function makeToken({ http, credentials, clock }: ShopifyContext) {
  const response = await http.send({
    method: "POST",
    path: TOKEN_PATH,
    group: "token",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: stringifyJson({ grant_type: "client_credentials", client_id: credentials["clientId"] ?? "", client_secret: credentials["clientSecret"] ?? "" }),
    // Asking twice gives two tokens, and both are good.
    repeatable: true,
    timeoutMs: READ_TIMEOUT_MS,
  });
  const body = response.text();
  if (response.status < 200 || response.status >= 300)
    throw shopifyError({ path: "token", status: response.status, headers: response.headers, body, isWrite: false });
  // The answer holds a token: its text is kept out of the error.
  const broken = (cause: unknown) => unreadable({ path: TOKEN_PATH, status: response.status, body: "", isWrite: false }, cause);
  const parsed = tokenSchema.safeParse(jsonOf(body, broken));
  if (!parsed.success) throw broken(parsed.error.issues.map(({ path }) => path.join(".")).join());
  const { access_token: value, expires_in: seconds } = parsed.data;
  return { value, expiresAt: new Date(clock.now().getTime() + seconds * 1_000 - TOKEN_MARGIN_MS) };
}

/**
 * A piece of a result file. Only the host the results lie at is ever called, and without the token: the address itself is the right to read.
 * @returns undefined when the address is no longer good.
 */
async function result({ http }: ShopifyContext, address: string, from: number, length: number): Promise<{ bytes: Uint8Array; isWhole: boolean } | undefined> {
  const target = new URL(address);
  if (`${target.protocol}//${target.host}` !== SHOPIFY_HOSTS[RESULT_HOST])
    throw new ConnectorError("invalid", "shopify.foreign_result", { params: { host: target.host } });
  const response = await http.send({
    method: "GET",
    host: RESULT_HOST,
    path: `${target.pathname}${target.search}`,
    group: "results",
    headers: { Range: `bytes=${from}-${from + length - 1}` },
    repeatable: true,
    timeoutMs: READ_TIMEOUT_MS,
    maxBytes: 64 * 1024 * 1024,
  });
  if (response.status === 206) return { bytes: response.body, isWhole: false };
  if (response.status === 416) return { bytes: new Uint8Array(), isWhole: false };
  if (response.status === 200) return { bytes: response.body.subarray(from), isWhole: true };
  if (response.status === 403 || response.status === 404 || response.status === 400) return undefined;
  throw shopifyError({ path: "result", status: response.status, headers: response.headers, body: response.text(), isWrite: false });
}
