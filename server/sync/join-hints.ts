import type { PushEvent } from "@/server/integrations/contract/webhook";

/** A push that only says that messages of conversations are worth reading. */
export interface Hinted {
  readonly id: string;
  readonly hints: readonly { readonly externalId: string; readonly messageIds: readonly string[] }[];
}

/** @returns undefined where one of them says anything else, or does not say which messages. */
export function hintsOf(events: readonly PushEvent[]): Hinted["hints"] | undefined {
  const hints = events.map((event) => {
    if (event.type === "conversation-changed" && event.messageIds.length > 0) return { externalId: event.conversationExternalId, messageIds: event.messageIds };
    if (event.type === "conversation-read") return { externalId: event.conversationExternalId, messageIds: [event.upToMessageId] };
    return undefined;
  });
  const known = hints.filter((hint) => hint !== undefined);
  return known.length > 0 && known.length === events.length ? known : undefined;
}

/** In their order, cut where more than `most` conversations would have to be read at once. */
export function inGroups(deliveries: readonly Hinted[], most: number): Hinted[][] {
  const groups: Hinted[][] = [];
  let read = new Set<string>();
  for (const delivery of deliveries) {
    const more = delivery.hints.map((hint) => hint.externalId).filter((id) => !read.has(id));
    const group = groups.at(-1);
    if (group !== undefined && read.size + new Set(more).size <= most) group.push(delivery);
    else {
      groups.push([delivery]);
      read = new Set();
    }
    for (const { externalId } of delivery.hints) read.add(externalId);
  }
  return groups;
}

/** Each conversation once, with every message anybody named. */
export function joinHints(deliveries: readonly Hinted[]): { externalId: string; messageIds: string[] }[] {
  const joined = new Map<string, Set<string>>();
  for (const { externalId, messageIds } of deliveries.flatMap(({ hints }) => hints))
    joined.set(externalId, new Set([...(joined.get(externalId) ?? []), ...messageIds]));
  return [...joined].map(([externalId, messageIds]) => ({ externalId, messageIds: [...messageIds] }));
}
