import { z } from "zod";
import { timeZoneSchema } from "@/server/access/schema";

/** What the browser sends to and gets from notices. Client-safe: no server code behind it. */
export const noticeKindSchema = z.enum([
  "new_message",
  "assigned",
  "mentioned",
  "deadline_near",
  "deadline_breached",
  "send_failed",
  "order_change_failed",
  "connection",
]);
export type NoticeKind = z.infer<typeof noticeKindSchema>;
export const NOTICE_KINDS = noticeKindSchema.options;

/** Ways out of the house; in open pages there are `browser` and `sound`. */
export const outsideChannelSchema = z.enum(["telegram", "email"]);
export type OutsideChannel = z.infer<typeof outsideChannelSchema>;

/** Local wall-clock time, 00:00 to 23:59. */
export const wallTimeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

const wishes = (browser: boolean, sound: boolean, telegram: boolean, email: boolean) =>
  z
    .object({
      browser: z.boolean().default(browser),
      sound: z.boolean().default(sound),
      telegram: z.boolean().default(telegram),
      email: z.boolean().default(email),
    })
    .prefault({});

/**
 * What a member has chosen for themselves; whatever is missing in the stored object takes these defaults. Telegram and e-mail
 * wishes count only once the workspace has that transport and the person can be reached there.
 */
export const noticePreferencesSchema = z.object({
  matrix: z
    .object({
      new_message: wishes(true, true, false, false),
      assigned: wishes(true, true, true, false),
      mentioned: wishes(true, true, true, true),
      deadline_near: wishes(true, true, true, false),
      deadline_breached: wishes(true, true, true, true),
      send_failed: wishes(true, true, true, true),
      order_change_failed: wishes(true, true, true, true),
      connection: wishes(true, false, true, true),
    })
    .prefault({}),
  quietHours: z
    .object({
      isOn: z.boolean().default(false),
      from: wallTimeSchema.default("22:00"),
      to: wallTimeSchema.default("08:00"),
      /** IANA zone; null = the workspace's. */
      timeZone: timeZoneSchema.nullable().default(null),
      /** A missed reply deadline does not wait for the morning. */
      breachedPasses: z.boolean().default(true),
    })
    .prefault({}),
  /** Whether words of buyers and colleagues leave the house; without them a notice says who and where only. */
  previewOutside: z.boolean().default(true),
  /** Mail is gathered into one letter an hour or a day; `at` counts for daily, in the zone of the quiet hours. */
  emailDigest: z.object({ mode: z.enum(["off", "hourly", "daily"]).default("off"), at: wallTimeSchema.default("09:00") }).prefault({}),
});
export type NoticePreferences = z.output<typeof noticePreferencesSchema>;

/**
 * Fills the placeholders of `notifications.text.<key>` (see `noticeTextKey`): which of them are there depends on the kind.
 * `count` messages (new_message) · `buyer`, `channel` (`ozon.chat`), `preview` · `actor` who assigned, mentioned ·
 * `dueAt` ISO instant, to be written in the reader's zone · `errorCode` · `connection` its name, `state` its health, `healthCode` ·
 * `order` its number, `state` refused or unknown (order_change_failed).
 */
export const noticeParamsSchema = z.object({
  count: z.number().int().optional(),
  buyer: z.string().optional(),
  channel: z.string().optional(),
  preview: z.string().optional(),
  actor: z.string().optional(),
  dueAt: z.string().optional(),
  errorCode: z.string().optional(),
  connection: z.string().optional(),
  state: z.string().optional(),
  healthCode: z.string().optional(),
  order: z.string().optional(),
});
export type NoticeParams = z.infer<typeof noticeParamsSchema>;

export const noticeSchema = z.object({
  noticeId: z.uuid(),
  kind: noticeKindSchema,
  params: noticeParamsSchema,
  conversationId: z.uuid().nullable(),
  connectionId: z.uuid().nullable(),
  orderId: z.uuid().nullable(),
  /** Where it leads, a path of this application. */
  target: z.string(),
  createdAt: z.date(),
  readAt: z.date().nullable(),
});
export type NoticeView = z.infer<typeof noticeSchema>;

export const noticeCursorSchema = z.object({ at: z.date(), id: z.uuid() });
export const listNoticesInput = z.object({
  unreadOnly: z.boolean().default(false),
  cursor: noticeCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export type ListNoticesInput = z.output<typeof listNoticesInput>;
export const listNoticesOutput = z.object({ notices: z.array(noticeSchema), nextCursor: noticeCursorSchema.nullable(), unread: z.number() });
export const unreadOutput = z.object({ unread: z.number() });
export const markNoticesReadInput = z.object({ noticeIds: z.array(z.uuid()).min(1).max(100) });
export const markConversationNoticesReadInput = z.object({ conversationId: z.uuid() });

export const watchNoticesInput = z.object({ lastEventId: z.string().optional() }).optional();
/**
 * One thing that happened to the reader's own notices. `new` shows and, with `sound`, rings (matrix and quiet hours are
 * applied already); `changed` = read elsewhere or some were missed: ask for the list again; `test` = the reader asked for a sample.
 */
export const noticeEventOutput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("new"), notice: noticeSchema, show: z.boolean(), sound: z.boolean(), unread: z.number() }),
  z.object({ type: z.literal("changed") }),
  z.object({ type: z.literal("test") }),
]);
export type NoticeEvent = z.infer<typeof noticeEventOutput>;

/**
 * Whether a person can be reached there. `no_transport`: the workspace has none (an admin adds it); `unlinked`: the person has not
 * pressed Start; `pending`: a link was made and waits; `broken`: the other side refused for good, `errors.<brokenCode>` says why.
 */
export const reachStateSchema = z.enum(["no_transport", "unlinked", "pending", "ready", "broken"]);
const reachSchema = z.object({
  state: reachStateSchema,
  /** @name or the mail address. */
  label: z.string().nullable(),
  brokenCode: z.string().nullable(),
});
export const noticeSettingsOutput = z.object({
  preferences: noticePreferencesSchema,
  /** The zone that quiet hours and the daily digest use when none is chosen. */
  workspaceTimeZone: z.string(),
  isQuietNow: z.boolean(),
  telegram: reachSchema.extend({ botUsername: z.string().nullable(), linkExpiresAt: z.date().nullable() }),
  email: reachSchema,
});

/** `url` opens the bot with a one-time token and is shown this once; in a group or after `expiresAt` it does nothing. */
export const telegramLinkOutput = z.object({ url: z.string(), botUsername: z.string(), expiresAt: z.date() });

export const sendTestInput = z.object({ channel: z.enum(["browser", "telegram", "email"]) });
/** `errorCode` is a code of the error texts (`errors.<code>`); `errorText` the other side's own words, where there are some. */
export const sendTestOutput = z.object({
  ok: z.boolean(),
  /** Where it went. */
  sentTo: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
});
export type SendTestResult = z.infer<typeof sendTestOutput>;

export const deliveryStatusSchema = z.enum(["waiting", "sent", "failed", "skipped"]);
export const listNoticeDeliveriesInput = z.object({
  statuses: z.array(deliveryStatusSchema).max(4).optional(),
  channel: outsideChannelSchema.optional(),
  cursor: noticeCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export type ListNoticeDeliveriesInput = z.output<typeof listNoticeDeliveriesInput>;
export const noticeDeliverySchema = z.object({
  id: z.uuid(),
  channel: outsideChannelSchema,
  status: deliveryStatusSchema,
  /** `digest` rows of one moment left as one letter. */
  form: z.enum(["test", "single", "digest"]),
  /** Null for a test. */
  kind: noticeKindSchema.nullable(),
  userId: z.uuid(),
  userName: z.string(),
  attempts: z.number(),
  /** `errors.<code>` for what failed, `notifications.skipped.<last part>` for what was left out. */
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  /** While waiting: not before this moment. */
  nextTryAt: z.date().nullable(),
});
export const listNoticeDeliveriesOutput = z.object({ deliveries: z.array(noticeDeliverySchema), nextCursor: noticeCursorSchema.nullable() });

export const transportKindSchema = z.enum(["telegram", "smtp"]);
export type TransportKind = z.infer<typeof transportKindSchema>;

/** How the bot hears people: Telegram calls us (needs a public https address) or we ask it once a minute. */
export const telegramModeSchema = z.enum(["webhook", "polling"]);
export const saveTelegramInput = z.object({
  /** As BotFather gives it. */
  token: z
    .string()
    .trim()
    .regex(/^\d{5,20}:[\w-]{30,64}$/),
  /** `auto` takes the webhook where this installation has a public https address. */
  mode: z.enum(["auto", "webhook", "polling"]).default("auto"),
});
export type SaveTelegramInput = z.output<typeof saveTelegramInput>;

/** `tls` from the first byte (465), `starttls` demanded (587), `none` for a relay in the own network. */
export const smtpSecuritySchema = z.enum(["tls", "starttls", "none"]);
export const saveSmtpInput = z.object({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$|^\[?[0-9a-f:]+\]?$/)
    .max(253),
  port: z.number().int().min(1).max(65_535),
  security: smtpSecuritySchema,
  /** Empty = the server asks for no sign-in. */
  user: z.string().trim().max(254).default(""),
  /** Left out = the password stored for the same host and user stays. */
  password: z.string().max(500).optional(),
  fromAddress: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  fromName: z
    .string()
    .trim()
    .max(80)
    .regex(/^[^\r\n<>"]*$/)
    .default(""),
});
export type SaveSmtpInput = z.output<typeof saveSmtpInput>;

export const telegramTransportSchema = z.object({
  kind: z.literal("telegram"),
  botUsername: z.string(),
  mode: telegramModeSchema,
  /** The end of the token, to recognise it. */
  tokenHint: z.string(),
  linkedMembers: z.number(),
});
export const smtpTransportSchema = z.object({
  kind: z.literal("smtp"),
  host: z.string(),
  port: z.number(),
  security: smtpSecuritySchema,
  user: z.string(),
  hasPassword: z.boolean(),
  fromAddress: z.string(),
  fromName: z.string(),
});
const transportState = {
  isActive: z.boolean(),
  checkedAt: z.date().nullable(),
  /** `errors.<code>`: why it does not work now; null = it does. */
  errorCode: z.string().nullable(),
};
export const listTransportsOutput = z.object({
  telegram: telegramTransportSchema.extend(transportState).nullable(),
  smtp: smtpTransportSchema.extend(transportState).nullable(),
});
export type TransportsView = z.infer<typeof listTransportsOutput>;
export const transportRefInput = z.object({ kind: transportKindSchema });
export const setTransportActiveInput = z.object({ kind: transportKindSchema, isActive: z.boolean() });
/** A check of the stored transport: the bot answers, the mail server lets us in. */
export const checkTransportOutput = z.object({ ok: z.boolean(), errorCode: z.string().nullable(), errorText: z.string().nullable() });
