import { z } from "zod";
import { deskCommand } from "../kit";
import type { Listeners } from "./listeners";
import { addUpdate, type Bot, botView, chatView, DEFAULT_BOT_TOKEN, newBot, type Person, personView, type Relation, type TelegramState } from "./state";

const botField = { token: z.string().default(DEFAULT_BOT_TOKEN) };
const inChat = z.strictObject({ ...botField, personId: z.number().int() });

/** What people do with the bot, which no API shows: press Start, write, block, delete their account. */
export function telegramDesk(state: TelegramState, listeners: Listeners) {
  const { clock } = state.host;
  const botAt = (token: string): Bot => {
    const bot = state.bots.get(token);
    if (bot === undefined) throw new Error("There is no bot with this token.");
    return bot;
  };
  const personAt = (id: number): Person => {
    const person = state.people.get(id);
    if (person === undefined) throw new Error(`There is no person ${id}. Make one with addPerson.`);
    return person;
  };
  const seconds = () => Math.floor(clock.nowMs() / 1_000);
  const say = (bot: Bot, person: Person, text: string) => {
    const command = /^\/\w+/.exec(text)?.[0];
    const entities = command === undefined ? {} : { entities: [{ type: "bot_command", offset: 0, length: command.length }] };
    addUpdate(state, bot, "message", { message_id: bot.nextMessageId, from: personView(person), chat: chatView(person), date: seconds(), text, ...entities });
    bot.nextMessageId += 1;
  };
  const relate = (bot: Bot, person: Person, next: Relation) => {
    const before = bot.relations.get(person.id);
    bot.relations.set(person.id, next);
    if (before === next || before === undefined) return;
    const member = (relation: Relation) => ({ user: botView(bot), status: relation === "blocked" ? "kicked" : "member" });
    const change = { chat: chatView(person), from: personView(person), date: seconds(), old_chat_member: member(before), new_chat_member: member(next) };
    addUpdate(state, bot, "my_chat_member", change);
  };
  return {
    bots: deskCommand(z.strictObject({}), () =>
      [...state.bots.values()].map(({ token, username, isRevoked, webhook }) => ({ token, username, isRevoked, webhook })),
    ),
    addBot: deskCommand(
      z.strictObject({ token: z.string().regex(/^\d+:[\w-]{30,64}$/), username: z.string(), firstName: z.string().default("Bot") }),
      (input) => {
        state.bots.set(input.token, newBot(input.token, input.username, input.firstName));
      },
    ),
    /** What BotFather's /revoke does. */
    revokeToken: deskCommand(z.strictObject(botField), ({ token }) => {
      botAt(token).isRevoked = true;
    }),
    people: deskCommand(z.strictObject({}), () => [...state.people.values()]),
    addPerson: deskCommand(
      z.strictObject({
        id: z.number().int().min(1),
        firstName: z.string().default("Person"),
        username: z.string().optional(),
        languageCode: z.string().default("en"),
      }),
      ({ username, ...rest }) => {
        const person: Person = { ...rest, username: username ?? null, isDeactivated: false };
        state.people.set(person.id, person);
        return person;
      },
    ),
    /** Opens a t.me link and presses Start. */
    openLink: deskCommand(z.strictObject({ personId: z.number().int(), url: z.url() }), ({ personId, url }) => {
      const link = new URL(url);
      if (link.hostname !== "t.me") throw new Error("Only t.me links open a bot.");
      const bot = [...state.bots.values()].find((one) => one.username === link.pathname.slice(1));
      if (bot === undefined) throw new Error(`There is no bot ${link.pathname.slice(1)}.`);
      const payload = link.searchParams.get("start");
      if (payload !== null && !/^[\w-]{1,64}$/.test(payload)) throw new Error("The start parameter is 1 to 64 of A-Z, a-z, 0-9, _ and -.");
      const person = personAt(personId);
      relate(bot, person, "started");
      say(bot, person, payload === null ? "/start" : `/start ${payload}`);
    }),
    say: deskCommand(inChat.extend({ text: z.string().min(1).max(4_096) }), ({ token, personId, text }) => {
      const [bot, person] = [botAt(token), personAt(personId)];
      if (bot.relations.get(personId) !== "started") throw new Error("This person does not talk with the bot.");
      say(bot, person, text);
    }),
    block: deskCommand(inChat, ({ token, personId }) => relate(botAt(token), personAt(personId), "blocked")),
    unblock: deskCommand(inChat, ({ token, personId }) => relate(botAt(token), personAt(personId), "started")),
    deactivate: deskCommand(z.strictObject({ personId: z.number().int() }), ({ personId }) => {
      personAt(personId).isDeactivated = true;
    }),
    /** What a person has got from the bot, oldest first. */
    received: deskCommand(inChat, ({ token, personId }) => botAt(token).sent.filter((message) => message.chatId === personId)),
    setLocalServer: deskCommand(z.strictObject({ isLocal: z.boolean() }), ({ isLocal }) => {
      state.isLocalServer = isLocal;
    }),
    webhook: deskCommand(z.strictObject(botField), ({ token }) => botAt(token).webhook),
    /** Whether somebody hangs in getUpdates. */
    isListening: deskCommand(z.strictObject(botField), ({ token }) => listeners.isWaiting(botAt(token))),
    pending: deskCommand(z.strictObject(botField), ({ token }) => botAt(token).updates),
  };
}
