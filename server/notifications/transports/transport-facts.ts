import { z } from "zod";
import { AppError, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { processVault, type Sealed, type Subject } from "@/server/platform/vault/vault";
import { smtpSecuritySchema, telegramModeSchema } from "../schema";
import { findTransport, type TransportRow } from "./transport.repository";

/** What a transport row holds: facts in `state`, secrets sealed beside them. */
const PURPOSE = "notice-transport";

export const transportSubject = (transportId: string): Subject => ({ purpose: PURPOSE, id: transportId });

export const telegramStateSchema = z.object({
  botId: z.string(),
  username: z.string(),
  mode: telegramModeSchema,
  /** The next update to ask for when polling. */
  offset: z.number().int().default(0),
});
export type TelegramState = z.output<typeof telegramStateSchema>;

export const smtpStateSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  security: smtpSecuritySchema,
  user: z.string(),
  fromAddress: z.string(),
  fromName: z.string(),
});
export type SmtpState = z.output<typeof smtpStateSchema>;

const telegramSecretsSchema = z.object({ token: z.string(), webhookSecret: z.string() });
const smtpSecretsSchema = z.object({ password: z.string() });

export interface TelegramTransport {
  readonly id: string;
  readonly isActive: boolean;
  readonly state: TelegramState;
  readonly token: string;
  readonly webhookSecret: string;
}

export interface SmtpTransport {
  readonly id: string;
  readonly isActive: boolean;
  readonly server: SmtpState & { readonly password: string };
}

export async function sealSecrets(scope: Scope, transportId: string, secrets: Readonly<Record<string, string>>): Promise<Sealed> {
  return processVault().vault.seal(scope, transportSubject(transportId), JSON.stringify(secrets));
}

async function openSecrets<S extends z.ZodType>(scope: Scope, row: TransportRow, schema: S): Promise<z.output<S>> {
  const opened = await processVault().vault.open(scope, transportSubject(row.id), row);
  const parsed = schema.safeParse(JSON.parse(Buffer.from(opened).toString("utf8")));
  if (!parsed.success) throw new AppError("vault.damaged", { cause: parsed.error });
  return parsed.data;
}

/** The workspace's bot, ready for use; null when there is none. */
export async function openTelegram(scope: Scope): Promise<TelegramTransport | null> {
  const row = await findTransport(scope, "telegram");
  if (row === null) return null;
  const secrets = await openSecrets(scope, row, telegramSecretsSchema);
  return { id: row.id, isActive: row.isActive, state: telegramStateSchema.parse(row.state), ...secrets };
}

/** The workspace's mail server, ready for use; null when there is none. */
export async function openSmtp(scope: Scope): Promise<SmtpTransport | null> {
  const row = await findTransport(scope, "smtp");
  if (row === null) return null;
  const { password } = await openSecrets(scope, row, smtpSecretsSchema);
  return { id: row.id, isActive: row.isActive, server: { ...smtpStateSchema.parse(row.state), password } };
}

/** @throws AppError `notices.no_transport` (404) */
export function present<T>(transport: T | null): T {
  if (transport === null) throw notFound("notices.no_transport");
  return transport;
}
