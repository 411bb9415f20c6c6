import { expect, it } from "vitest";
import { writeAudit } from "@/server/platform/audit";
import { inWorkspace } from "@/server/platform/transaction";
import { auditListInput } from "../schema";
import { actorOf, makeSignedIn, makeWorkspace } from "../testing/make-workspace";
import { listAudit } from "./list-audit";

it("pages newest first without gap or repetition, and filters", async () => {
  const { workspaceId } = await makeWorkspace();
  const session = await makeSignedIn(workspaceId, "owner");
  for (let n = 1; n <= 5; n += 1) {
    const actor = n === 3 ? { kind: "system" } : actorOf(session);
    await inWorkspace(workspaceId, (scope) =>
      writeAudit(scope, { actor, action: n % 2 === 0 ? "thing.changed" : "thing.made", subject: { type: "thing", id: String(n) }, details: { n } }),
    );
  }
  const seen: (string | null)[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit(workspaceId, auditListInput.parse({ limit: 2, cursor }));
    seen.push(...page.entries.map((entry) => entry.subjectId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["5", "4", "3", "2", "1"]);
  const changed = await listAudit(workspaceId, auditListInput.parse({ action: "thing.changed", actorId: session.userId }));
  expect(changed.entries.map(({ subjectId, actorName, details }) => ({ subjectId, actorName, details }))).toEqual([
    { subjectId: "4", actorName: session.user.name, details: { n: 4 } },
    { subjectId: "2", actorName: session.user.name, details: { n: 2 } },
  ]);
  const system = await listAudit(workspaceId, auditListInput.parse({ subjectType: "thing", subjectId: "3" }));
  expect(system.entries).toMatchObject([{ actorKind: "system", actorName: null }]);
});
