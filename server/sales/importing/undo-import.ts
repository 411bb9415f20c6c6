import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { lockSaleLines } from "../repository";
import { deleteImportedLines, findImport, findShopsOfImport, lockImports, markUndone } from "./import.repository";

/**
 * Takes back everything a file brought, except lines the service itself has told of since: they are its own now. The record of the
 * file stays, and the file can be imported again.
 * @throws AppError `sales.import_not_found`, `sales.import_undone`.
 */
export async function undoImport(
  workspaceId: string,
  user: AuditActor & { readonly id: string },
  importId: string,
  clock: Clock = systemClock,
): Promise<{ removed: number; kept: number }> {
  return inWorkspace(
    workspaceId,
    async (scope) => {
      await lockImports(scope);
      const found = await findImport(scope, importId);
      if (found === null) throw notFound("sales.import_not_found");
      if (found.undoneAt !== null) throw conflict("sales.import_undone");
      await lockSaleLines(scope, await findShopsOfImport(scope, importId));
      const removed = await deleteImportedLines(scope, importId);
      await markUndone(scope, importId, user.id, clock.now());
      const { fileName } = found;
      await writeAudit(scope, {
        actor: user,
        action: "sale_import.undone",
        subject: { type: "sale_import", id: importId },
        details: { fileName, counts: { removed } },
      });
      return { removed, kept: found.added - removed };
    },
    { timeoutMs: 60_000 },
  );
}
