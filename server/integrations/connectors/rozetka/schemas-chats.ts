import { z } from "zod";
import { instant, listOf, maybeId, maybeObject, maybeText, remoteId } from "./schemas";

export const messageSchema = z.object({
  id: remoteId,
  body: maybeText,
  created: instant,
  read: maybeText,
  /** 2 = the shop, 3 = the buyer; 0 and 1 occur and are explained nowhere. */
  sender: z.union([z.number(), z.string()]).transform(String),
  seller_id: maybeId,
  files: listOf(z.object({ id: remoteId, name: maybeText })),
  /** 0 new, 1 on moderation, 2 blocked by a moderator, 3 passed, 4 blocked by the machine, 5 passed by the machine. */
  status: z
    .unknown()
    .transform((value) => (typeof value === "number" || typeof value === "string" ? String(value) : undefined))
    .optional(),
});
export type RemoteMessage = z.output<typeof messageSchema>;

export const chatSchema = z.object({
  id: remoteId,
  created: instant,
  updated: instant,
  subject: maybeText,
  user: maybeObject(z.object({ id: maybeId, contact_fio: maybeText })),
  user_id: maybeId,
  user_fio: maybeText,
  order_id: maybeId,
  item_id: maybeId,
  item: maybeObject(z.object({ id: maybeId, name: maybeText, name_ua: maybeText })),
  /** Read one by one: a message of an unknown form is set aside alone. */
  messages: listOf(z.unknown()),
});
export type RemoteChat = z.output<typeof chatSchema>;

export const sentSchema = z.object({ id: maybeId });
export const openedChatSchema = z.object({ id: remoteId });
