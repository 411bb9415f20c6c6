import type { MemberSession } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { RESYNC, subscribe } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { NOTICES_TOPIC, readAnnouncement } from "../announce";
import { inBrowser } from "../rules";
import { type NoticeEvent, noticeKindSchema } from "../schema";
import { readPreferences } from "../settings/preference.repository";
import { countUnread, findNotice } from "./notice.repository";
import { viewOf } from "./notice-view";

/** What happens to a member's notices from now on, until `signal` aborts. */
export async function* watchNotices(session: MemberSession, signal: AbortSignal, clock: Clock = systemClock): AsyncGenerator<NoticeEvent> {
  for await (const events of subscribe(session.workspaceId, signal)) {
    for (const event of events) {
      if (event.topic === RESYNC) yield { type: "changed" };
      if (event.topic !== NOTICES_TOPIC || event.id === undefined) continue;
      const announced = readAnnouncement(event.id, session.userId);
      if (announced === null) continue;
      if (announced.type === "new") yield await readNew(session, announced.noticeId, clock);
      else yield announced;
    }
  }
}

/** Read anew with the person's own choices; a notice that is gone meanwhile is a change. */
async function readNew(session: MemberSession, noticeId: string, clock: Clock): Promise<NoticeEvent> {
  return inWorkspace(session.workspaceId, async (scope) => {
    const row = await findNotice(scope, session.userId, noticeId);
    if (row === null) return { type: "changed" };
    const person = { preferences: await readPreferences(scope, session.userId), workspaceTimeZone: session.workspace.timeZone };
    const kind = noticeKindSchema.parse(row.kind);
    return { type: "new", notice: viewOf(row), ...inBrowser(kind, clock.now(), person), unread: await countUnread(scope, session.userId) };
  });
}
