import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "./announce";
import { insertEvents } from "./ingest/ingest.repository";
import { saveNote } from "./reading/order.repository";

/**
 * The team's own words about an order; never sent. Empty = none.
 * @throws AppError `orders.not_found`.
 */
export async function setNote(
  scope: Scope,
  userId: string,
  input: { readonly orderId: string; readonly note: string },
  now: Date,
): Promise<{ note: string | null }> {
  const note = input.note === "" ? null : storable(input.note);
  if (!(await saveNote(scope, input.orderId, note))) throw notFound("orders.not_found");
  await insertEvents(scope, [
    { id: newId(), orderId: input.orderId, at: now, actorKind: "user", actorId: userId, type: "note", data: { text: note?.slice(0, 200) ?? null } },
  ]);
  await announce(scope, [input.orderId]);
  return { note };
}
