import type { MemberSession } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken, newToken } from "@/server/platform/crypto";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace } from "@/server/platform/transaction";
import { telegramPollRequested } from "../events";
import { findTransport } from "../transports/transport.repository";
import { telegramStateSchema } from "../transports/transport-facts";
import { putLink, removeAddress } from "./address.repository";

const LINK_LIFE_MS = 15 * 60_000;

/**
 * A deep link that ties the chat in which Start is pressed to this member: a one-time token, 15 minutes, stored as its hash. A link
 * made before it dies. While it waits, a bot without a webhook is asked all the time.
 * @throws AppError `notices.no_transport`
 */
export async function startTelegramLink(session: MemberSession, clock: Clock = systemClock): Promise<{ url: string; botUsername: string; expiresAt: Date }> {
  const token = newToken();
  const expiresAt = new Date(clock.now().getTime() + LINK_LIFE_MS);
  return inWorkspace(session.workspaceId, async (scope) => {
    const bot = await findTransport(scope, "telegram");
    if (bot === null || !bot.isActive) throw notFound("notices.no_transport");
    const { username, mode } = telegramStateSchema.parse(bot.state);
    await putLink(scope, session.userId, { tokenHash: hashToken(token), expiresAt });
    if (mode === "polling") {
      await emit(scope.db, [telegramPollRequested.create({ workspaceId: session.workspaceId, until: expiresAt.toISOString() })]);
    }
    return { url: `https://t.me/${username}?start=${token}`, botUsername: username, expiresAt };
  });
}

export async function unlinkTelegram(session: MemberSession): Promise<void> {
  await inWorkspace(session.workspaceId, (scope) => removeAddress(scope, session.userId, "telegram"));
}
