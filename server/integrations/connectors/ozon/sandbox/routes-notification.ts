import { z } from "zod";
import { int64, whole } from "./body";
import { alreadyExists, invalidArgument, notFound } from "./errors";
import { type Method, method } from "./method";
import { PUSH_TYPES, type PushService } from "./push";
import type { OzonState, PushEndpoint, Seller } from "./state";

const types = z.array(z.string()).min(1);
const setInput = z.strictObject({ types, url: z.string().min(1) });
const updateInput = z.strictObject({ id: int64, types: types.optional(), url: z.string().min(1).optional() });
const listInput = z.strictObject({
  availability_statuses: z.array(z.string()).optional(),
  limit: whole(1, 1_000).optional(),
  offset: whole(0, 1_000_000).optional(),
  sort_dir: z.string().optional(),
});

/** /v1/notification/*: where pushes go. */
export function notificationMethods(state: OzonState, push: PushService): Method[] {
  return [
    method("/v1/notification/set", setInput, async (seller, input) => {
      await register(state, push, seller, input);
      return null;
    }),
    method("/v1/notification/update", updateInput, async (seller, input) => {
      await update(push, seller, input);
      return null;
    }),
    method("/v1/notification/check", z.strictObject({ url: z.string().min(1) }), async (_seller, input) => {
      const errors = await push.handshake(input.url);
      return { is_active: errors.length === 0, errors };
    }),
    method("/v1/notification/delete", z.strictObject({ id: int64 }), (seller, input) => {
      const endpoint = endpointOf(seller, input.id);
      seller.endpoints = seller.endpoints.filter((other) => other !== endpoint);
      return null;
    }),
    method("/v1/notification/enable", z.strictObject({ enabled: z.boolean(), id: int64 }), async (seller, input) => {
      const endpoint = endpointOf(seller, input.id);
      if (input.enabled) await confirm(push, endpoint.url);
      endpoint.enabled = input.enabled;
      if (input.enabled) clearRecord(endpoint);
      return null;
    }),
    method("/v1/notification/list", listInput, listEndpoints),
    method("/v1/notification/push-type/list", z.strictObject({}), (seller) => ({
      types: Object.entries(PUSH_TYPES).map(([type, description]) => {
        const endpoint = seller.endpoints.find((candidate) => candidate.types.includes(type));
        return { type, description, ...(endpoint ? { seller_endpoint: { id: endpoint.id, url: endpoint.url } } : {}) };
      }),
    })),
  ];
}

/** Registers a URL after a successful handshake. Also used by the control desk. */
export async function register(state: OzonState, push: PushService, seller: Seller, input: { types: string[]; url: string }): Promise<PushEndpoint> {
  checkTypes(seller, input.types, null);
  if (seller.endpoints.some((endpoint) => endpoint.url === input.url)) throw alreadyExists("url already exists");
  await confirm(push, input.url);
  const nowMs = state.host.clock.nowMs();
  const endpoint: PushEndpoint = {
    id: state.nextEndpointId,
    url: input.url,
    types: [...input.types],
    enabled: true,
    createdAtMs: nowMs,
    suspended: null,
    answers: [],
    badDays: 0,
    availability: "AVAILABLE",
    availabilityAtMs: nowMs,
    unreachableSinceMs: null,
    failingSinceMs: null,
  };
  state.nextEndpointId += 1;
  seller.endpoints.push(endpoint);
  return endpoint;
}

async function update(push: PushService, seller: Seller, input: z.output<typeof updateInput>): Promise<void> {
  const endpoint = endpointOf(seller, input.id);
  if (input.types) checkTypes(seller, input.types, endpoint);
  await confirm(push, input.url ?? endpoint.url);
  endpoint.types = input.types ?? endpoint.types;
  endpoint.url = input.url ?? endpoint.url;
  clearRecord(endpoint);
}

/** Confirming the URL again is what ends a suspension. */
function clearRecord(endpoint: PushEndpoint): void {
  endpoint.suspended = null;
  endpoint.answers = [];
  endpoint.badDays = 0;
  endpoint.unreachableSinceMs = null;
  endpoint.failingSinceMs = null;
}

async function confirm(push: PushService, url: string): Promise<void> {
  const error = (await push.handshake(url))[0];
  if (error) throw invalidArgument(`${error.type}: ${error.description}`);
}

function checkTypes(seller: Seller, wanted: readonly string[], except: PushEndpoint | null): void {
  for (const type of wanted) {
    if (!(type in PUSH_TYPES)) throw invalidArgument(`unknown push type "${type}"`);
    if (seller.endpoints.some((endpoint) => endpoint !== except && endpoint.types.includes(type)))
      throw alreadyExists(`push type ${type} already has an endpoint`);
  }
}

function endpointOf(seller: Seller, id: string): PushEndpoint {
  const endpoint = seller.endpoints.find((candidate) => String(candidate.id) === id);
  if (!endpoint) throw notFound("notification url not found");
  return endpoint;
}

function listEndpoints(seller: Seller, input: z.output<typeof listInput>): unknown {
  const wanted = input.availability_statuses ?? [];
  const found = seller.endpoints.filter((endpoint) => wanted.length === 0 || wanted.includes(endpoint.availability));
  const offset = input.offset ?? 0;
  return {
    urls: found.slice(offset, offset + (input.limit ?? 100)).map((endpoint) => ({
      id: endpoint.id,
      url: endpoint.url,
      enable: endpoint.enabled,
      created_at: new Date(endpoint.createdAtMs).toISOString(),
      types: endpoint.types.map((type) => ({ type, description: PUSH_TYPES[type] ?? "" })),
      availability_status: endpoint.availability,
      availability_status_date: new Date(endpoint.availabilityAtMs).toISOString(),
      disable_reason: endpoint.suspended ?? "",
      problematic_type: endpoint.suspended === null ? "" : (endpoint.answers.findLast((answer) => !answer.ok)?.type ?? ""),
      reason_details: "",
    })),
    total_count: found.length,
    availability_status_thresholds: { available_max_ms: 1_500, unavailable_min_ms: 2_500 },
  };
}
