import { type MemberSession, viewerOf } from "@/server/access/index";
import { listWaiting } from "@/server/inbox/index";
import { listConnections } from "@/server/integrations/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";
import { compareRevenue } from "@/server/sales/index";
import { findTimeZone } from "./repository";
import { connectionTroubles, localDay, weekBefore } from "./rules";
import type { HomeSummary } from "./schema";

const FIRST = 5;

export interface HomeViewer {
  readonly workspaceId: string;
  /** Whose conversations are counted: everybody's, the teams', one's own. */
  readonly member: Pick<MemberSession, "userId" | "role" | "conversationScope">;
  readonly may: { readonly inbox: boolean; readonly connections: boolean; readonly sales: boolean };
}

/** What needs someone now, cut to what the person may see. */
export async function summarizeHome({ workspaceId, member, may }: HomeViewer, clock: Clock = systemClock): Promise<HomeSummary> {
  const own = await inWorkspace(workspaceId, async (scope) => {
    const waiting = may.inbox ? await listWaiting(scope, await viewerOf(scope, member), FIRST, clock.now()) : null;
    const day = localDay(clock.now(), await findTimeZone(scope));
    const revenue = may.sales
      ? { day, comparedWith: weekBefore(day), currencies: await compareRevenue(scope, day), target: `/sales?from=${day}&to=${day}` }
      : null;
    return { waiting, revenue };
  });
  const { waiting, revenue } = own;
  return {
    waiting:
      waiting === null
        ? null
        : {
            ...waiting,
            first: waiting.first.map((conversation) => ({ ...conversation, target: `/inbox/${conversation.id}` })),
            target: waiting.overdue > 0 ? "/inbox?view=overdue" : "/inbox?view=waiting&sort=waiting",
          },
    connections: may.connections ? connectionTroubles(await listConnections(workspaceId, clock)) : null,
    revenue,
  };
}
