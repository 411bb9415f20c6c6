import { z } from "zod";
import { type Bot, newBot, type TelegramState } from "./state";

const relation = z.enum(["started", "blocked"]);
const sent = z.object({
  messageId: z.number(),
  chatId: z.number(),
  text: z.string(),
  source: z.string(),
  parseMode: z.string().nullable(),
  isSilent: z.boolean(),
  links: z.array(z.string()),
  at: z.string(),
});
const webhook = z.object({
  url: z.string(),
  secretToken: z.string().nullable(),
  maxConnections: z.number(),
  lastErrorAt: z.number().nullable(),
  lastErrorMessage: z.string().nullable(),
});
const savedSchema = z.object({
  isLocalServer: z.boolean(),
  people: z.array(z.object({ id: z.number(), firstName: z.string(), username: z.string().nullable(), languageCode: z.string(), isDeactivated: z.boolean() })),
  bots: z.array(
    z.object({
      token: z.string(),
      username: z.string(),
      firstName: z.string(),
      isRevoked: z.boolean(),
      relations: z.array(z.tuple([z.number(), relation])),
      updates: z.array(z.looseObject({ update_id: z.number() })),
      nextUpdateId: z.number(),
      nextMessageId: z.number(),
      allowedUpdates: z.array(z.string()),
      webhook: webhook.nullable(),
      sent: z.array(sent),
    }),
  ),
});

const KEPT_MESSAGES = 500;

export function saveState({ bots, people, isLocalServer }: TelegramState): unknown {
  const savedBots = [...bots.values()].map(({ relations, lastSentMs: _last, recentMs: _recent, id: _id, sent: messages, ...bot }) => ({
    ...bot,
    relations: [...relations],
    sent: messages.slice(-KEPT_MESSAGES),
  }));
  return { isLocalServer, people: [...people.values()], bots: savedBots } satisfies z.input<typeof savedSchema>;
}

/** Goes on where a snapshot ended. @returns false when it is no snapshot of ours: the world begins anew then. */
export function restoreState(state: TelegramState, saved: unknown): boolean {
  const parsed = savedSchema.safeParse(saved);
  if (!parsed.success) return false;
  state.isLocalServer = parsed.data.isLocalServer;
  for (const person of parsed.data.people) state.people.set(person.id, person);
  for (const { relations, ...rest } of parsed.data.bots) {
    const bot: Bot = { ...newBot(rest.token, rest.username, rest.firstName), ...rest, relations: new Map(relations) };
    state.bots.set(bot.token, bot);
  }
  return true;
}
