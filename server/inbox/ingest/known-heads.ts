import type { Scope } from "@/server/platform/transaction";
import { readClosed, readHeads } from "./ingest.repository";

/** Newest message id up to which a pull has carried each conversation: what `MessagingPullInput.knownHeads` asks for. */
export async function knownHeads(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return externalIds.length === 0 ? new Map() : readHeads(scope, connectionId, externalIds);
}

/** Which of these conversations we hold as closed. */
export async function knownClosed(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
  return externalIds.length === 0 ? new Set() : readClosed(scope, connectionId, externalIds);
}
