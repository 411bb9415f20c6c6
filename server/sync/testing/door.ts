import { deliveriesStored } from "@/server/integrations/events";
import { bodyOfStream, createWebhookAddress, receiveWebhook } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import type { DeliveriesRef } from "../index";
import { ACTOR, type Fixture } from "./fixture";

/** The webhook address of a fixture's connection, and how the invented service pushes to it. */
export async function makeDoor(fixture: Fixture) {
  const { url } = await createWebhookAddress(fixture.workspaceId, fixture.connectionId, ACTOR);
  const token = url.slice(url.lastIndexOf("/") + 1);
  const knock = (
    body: string | Uint8Array,
    extra: { token?: string | undefined; headers?: Record<string, string>; method?: string; trustedProxies?: string[] } = {},
  ) =>
    receiveWebhook(
      {
        method: extra.method ?? "POST",
        system: "fake",
        token: "token" in extra ? extra.token : token,
        headers: { "content-type": "application/json", authorization: "Bearer secret", ...extra.headers },
        body: bodyOfStream(new Response(typeof body === "string" ? body : Uint8Array.from(body)).body),
      },
      { clock: fixture.clock, trustedProxies: extra.trustedProxies ?? [] },
    );
  const push = (id: string, chat: string, message?: string) => knock(JSON.stringify({ id, account: fixture.account, chat, message }));
  return { token, url, knock, push };
}

/** The event that tells of these. */
export const refOf = ({ workspaceId, connectionId }: Fixture, deliveryIds: readonly string[]): DeliveriesRef => ({ workspaceId, connectionId, deliveryIds });

/** What the last event says that told of any. */
export async function lastTold({ connectionId }: Fixture): Promise<DeliveriesRef> {
  const where = { name: "integrations/deliveries.stored", data: { path: ["connectionId"], equals: connectionId } };
  const event = await db.engineEvent.findFirstOrThrow({ where, orderBy: { id: "desc" } });
  return deliveriesStored.schema.parse(event.data);
}
