import type { SimulatorHost } from "../kit";

/** A person of Telegram, as bots meet them. A private chat has the person's id. */
export interface Person {
  id: number;
  firstName: string;
  username: string | null;
  languageCode: string;
  isDeactivated: boolean;
}

export interface SentMessage {
  messageId: number;
  chatId: number;
  /** What the person reads: without tags. */
  text: string;
  /** As the bot wrote it. */
  source: string;
  parseMode: string | null;
  isSilent: boolean;
  links: string[];
  /** Simulated time, ISO 8601. */
  at: string;
}

export interface Update {
  update_id: number;
  [kind: string]: unknown;
}

export interface Webhook {
  url: string;
  secretToken: string | null;
  maxConnections: number;
  lastErrorAt: number | null;
  lastErrorMessage: string | null;
}

/** How a person stands to a bot: never pressed Start, talks with it, has blocked it. */
export type Relation = "started" | "blocked";

export interface Bot {
  id: number;
  token: string;
  username: string;
  firstName: string;
  isRevoked: boolean;
  relations: Map<number, Relation>;
  /** What waits for the bot, oldest first. */
  updates: Update[];
  nextUpdateId: number;
  nextMessageId: number;
  /** Empty = all but the kinds that have to be asked for. */
  allowedUpdates: string[];
  webhook: Webhook | null;
  sent: SentMessage[];
  /** Simulated milliseconds of the last message, by chat; and those of the last second overall. */
  lastSentMs: Map<number, number>;
  recentMs: number[];
}

export interface TelegramState {
  host: SimulatorHost;
  bots: Map<string, Bot>;
  people: Map<number, Person>;
  /** A Bot API server of one's own ("local mode") also calls plain http addresses on any port. */
  isLocalServer: boolean;
  /** Wakes whoever waits in getUpdates of a bot, or pushes to its webhook. */
  onUpdate(bot: Bot): void;
}

export const DEFAULT_BOT_TOKEN = "7000000001:AAF0kqUWvZ2mSdJm7t5d3oKpXcYhN1bRkL8";
export const SECOND_BOT_TOKEN = "7000000002:AAG9pTzWqLxYc4nVb6mKs2dFj8hRw3eUi5o";

export function newBot(token: string, username: string, firstName: string): Bot {
  return {
    id: Number(token.split(":")[0]),
    token,
    username,
    firstName,
    isRevoked: false,
    relations: new Map(),
    updates: [],
    nextUpdateId: 100_000_001,
    nextMessageId: 1,
    allowedUpdates: [],
    webhook: null,
    sent: [],
    lastSentMs: new Map(),
    recentMs: [],
  };
}

export function personView(person: Person) {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.username === null ? {} : { username: person.username }),
    language_code: person.languageCode,
  };
}

export function chatView(person: Person) {
  return { id: person.id, first_name: person.firstName, ...(person.username === null ? {} : { username: person.username }), type: "private" };
}

export function botView(bot: Bot) {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username };
}

/** Kinds of update that are delivered only when they are asked for by name. */
const ON_REQUEST = new Set(["chat_member", "message_reaction", "message_reaction_count"]);
const KEPT_UPDATES = 5_000;

/** Queues an update if the bot wants its kind. */
export function addUpdate(state: TelegramState, bot: Bot, kind: string, value: unknown): void {
  const wanted = bot.allowedUpdates.length === 0 ? !ON_REQUEST.has(kind) : bot.allowedUpdates.includes(kind);
  if (!wanted) return;
  bot.updates.push({ update_id: bot.nextUpdateId, [kind]: value });
  bot.nextUpdateId += 1;
  if (bot.updates.length > KEPT_UPDATES) bot.updates.shift();
  state.onUpdate(bot);
}
