import type { Scope } from "@/server/platform/transaction";
import type { OutsideChannel } from "../schema";
import { listAddresses } from "../telegram/address.repository";
import { listTransportRows } from "../transports/transport.repository";
import { findMailAddresses } from "./person.repository";
import { emailReach, telegramReach } from "./reach-rules";

/** Who can be reached where right now; asked once for everybody who is told the same thing. */
export async function reachableOn(scope: Scope, userIds: readonly string[]): Promise<(userId: string, channel: OutsideChannel) => boolean> {
  const transports = await listTransportRows(scope);
  const isOn = (kind: string) => transports.some((row) => row.kind === kind && row.isActive);
  const addresses = transports.length === 0 ? [] : await listAddresses(scope, userIds);
  const mails = isOn("smtp") ? await findMailAddresses(scope, userIds) : new Map<string, string>();
  const find = (userId: string, channel: OutsideChannel) => addresses.find((row) => row.userId === userId && row.channel === channel) ?? null;
  return (userId, channel) => {
    // A pending link does not matter here: only whether there is a chat that works.
    if (channel === "telegram") {
      const chat = find(userId, channel);
      return telegramReach(isOn("telegram"), chat === null ? null : { ...chat, linkTokenHash: null }, new Date(0)).state === "ready";
    }
    const mail = mails.get(userId);
    return mail !== undefined && emailReach(isOn("smtp"), mail, find(userId, channel)).state === "ready";
  };
}
