import { z } from "zod";

/** Ids have up to 52 significant bits; digits are kept as text. */
const idSchema = z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).transform(String);

export const botMeSchema = z.object({ id: idSchema, username: z.string().min(1) });

export const webhookInfoSchema = z.object({
  url: z.string(),
  pending_update_count: z.number().default(0),
  /** Seconds since 1970. */
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});

const chatSchema = z.object({ id: idSchema, type: z.string() });
const personSchema = z.object({ id: idSchema, first_name: z.string().default(""), username: z.string().optional(), language_code: z.string().optional() });

/** The parts of an update that linking needs; other kinds of update pass with their number only. */
export const botUpdateSchema = z.object({
  update_id: z.number().int(),
  message: z.object({ chat: chatSchema, from: personSchema.optional(), text: z.string().optional() }).optional(),
  my_chat_member: z.object({ chat: chatSchema, new_chat_member: z.object({ status: z.string() }) }).optional(),
});
export type BotUpdate = z.output<typeof botUpdateSchema>;

/** What an update asks of us. Groups are left alone: notices are personal. */
export type Heard =
  | { readonly type: "start"; readonly chatId: string; readonly token: string; readonly label: string; readonly language: string | null }
  | { readonly type: "words"; readonly chatId: string; readonly language: string | null }
  | { readonly type: "blocked" | "unblocked"; readonly chatId: string }
  | { readonly type: "nothing" };

const START = /^\/start(?:@\w+)?\s+([\w-]{1,64})\s*$/;

/** Pure reading of one update. */
export function hear(update: BotUpdate): Heard {
  const { message, my_chat_member: member } = update;
  if (member?.chat.type === "private") {
    const { status } = member.new_chat_member;
    if (status === "kicked" || status === "left") return { type: "blocked", chatId: member.chat.id };
    return { type: "unblocked", chatId: member.chat.id };
  }
  if (message?.chat.type !== "private" || message.text === undefined) return { type: "nothing" };
  const language = message.from?.language_code ?? null;
  const token = START.exec(message.text)?.[1];
  if (token === undefined) return { type: "words", chatId: message.chat.id, language };
  const { username, first_name: firstName = "" } = message.from ?? {};
  return { type: "start", chatId: message.chat.id, token, label: username === undefined ? firstName : `@${username}`, language };
}
