import type { z } from "zod";
import type { MemberSession } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { isQuiet } from "../rules";
import type { NoticePreferences, noticeSettingsOutput } from "../schema";
import { findAddress } from "../telegram/address.repository";
import { findTransport } from "../transports/transport.repository";
import { telegramStateSchema } from "../transports/transport-facts";
import { readPreferences, writePreferences } from "./preference.repository";
import { emailReach, telegramReach } from "./reach-rules";

/** A member's choices and where they can be reached. */
export async function getSettings(session: MemberSession, clock: Clock = systemClock): Promise<z.output<typeof noticeSettingsOutput>> {
  const now = clock.now();
  return inWorkspace(session.workspaceId, async (scope) => {
    const preferences = await readPreferences(scope, session.userId);
    const [bot, mail] = [await findTransport(scope, "telegram"), await findTransport(scope, "smtp")];
    const [chat, mailbox] = [await findAddress(scope, session.userId, "telegram"), await findAddress(scope, session.userId, "email")];
    return {
      preferences,
      workspaceTimeZone: session.workspace.timeZone,
      isQuietNow: isQuiet(now, { preferences, workspaceTimeZone: session.workspace.timeZone }),
      telegram: {
        ...telegramReach(bot?.isActive === true, chat, now),
        botUsername: bot === null ? null : telegramStateSchema.parse(bot.state).username,
        linkExpiresAt: chat?.linkExpiresAt ?? null,
      },
      email: emailReach(mail?.isActive === true, session.user.email, mailbox),
    };
  });
}

export async function savePreferences(session: MemberSession, preferences: NoticePreferences): Promise<void> {
  await inWorkspace(session.workspaceId, (scope) => writePreferences(scope, session.userId, preferences));
}
