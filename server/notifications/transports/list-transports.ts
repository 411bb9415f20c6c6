import { z } from "zod";
import { inWorkspace } from "@/server/platform/transaction";
import type { TransportsView } from "../schema";
import { countLinked } from "../telegram/address.repository";
import { listTransportRows, type TransportRow } from "./transport.repository";
import { smtpStateSchema, telegramStateSchema } from "./transport-facts";

const hintsSchema = z.object({ token: z.string().default(""), hasPassword: z.boolean().default(false) });

/** The workspace's bot and mail server as an admin may see them: no secrets. */
export async function listTransports(workspaceId: string): Promise<TransportsView> {
  return inWorkspace(workspaceId, async (scope) => {
    const rows = await listTransportRows(scope);
    const telegram = rows.find((row) => row.kind === "telegram");
    const smtp = rows.find((row) => row.kind === "smtp");
    return {
      telegram: telegram === undefined ? null : telegramView(telegram, await countLinked(scope)),
      smtp: smtp === undefined ? null : smtpView(smtp),
    };
  });
}

const conditionOf = ({ isActive, checkedAt, errorCode }: TransportRow) => ({ isActive, checkedAt, errorCode });

function telegramView(row: TransportRow, linkedMembers: number) {
  const { username, mode } = telegramStateSchema.parse(row.state);
  return { kind: "telegram" as const, botUsername: username, mode, tokenHint: hintsSchema.parse(row.hints).token, linkedMembers, ...conditionOf(row) };
}

function smtpView(row: TransportRow) {
  return { kind: "smtp" as const, ...smtpStateSchema.parse(row.state), hasPassword: hintsSchema.parse(row.hints).hasPassword, ...conditionOf(row) };
}
