import { pool } from "@/server/platform/db";
import type { Filled } from "./fill";

/** The same answers asked for in the plainest way: offsets, joins of everything, ILIKE. */
export const NAIVE: Readonly<Record<string, (inbox: Filled) => Promise<unknown>>> = {
  "list, page 2 000 by OFFSET": ({ workspaceId }) =>
    pool.query("SELECT * FROM conversation WHERE workspace_id = $1 AND merged_into_id IS NULL ORDER BY last_message_at DESC LIMIT 50 OFFSET 100000", [
      workspaceId,
    ]),
  "list, unread by join": ({ workspaceId, userId }) =>
    pool.query(
      `SELECT c.* FROM conversation c LEFT JOIN conversation_read r ON r.conversation_id = c.id AND r.user_id = $2
       WHERE c.workspace_id = $1 AND c.status IN ('open', 'pending', 'snoozed') AND (r.read_at IS NULL OR r.read_at < c.last_message_at) ORDER BY c.priority DESC, c.last_message_at LIMIT 50`,
      [workspaceId, userId],
    ),
  "search, rare word by ILIKE": ({ workspaceId }) =>
    pool.query("SELECT * FROM message WHERE workspace_id = $1 AND text ILIKE '%керамическ%' ORDER BY sent_at DESC LIMIT 20", [workspaceId]),
  "search, two words by ILIKE": ({ workspaceId }) =>
    pool.query("SELECT * FROM message WHERE workspace_id = $1 AND text ILIKE '%бракован%' AND text ILIKE '%товар%' ORDER BY sent_at DESC LIMIT 20", [
      workspaceId,
    ]),
  "search, name by ILIKE": ({ workspaceId }) =>
    pool.query(
      "SELECT * FROM conversation WHERE workspace_id = $1 AND buyer_name ILIKE '%Коваленк%' AND buyer_name ILIKE '%Ганн%' ORDER BY last_message_at DESC LIMIT 20",
      [workspaceId],
    ),
  "counts, exact": ({ workspaceId }) =>
    pool.query(
      "SELECT count(*) FILTER (WHERE status IN ('open', 'pending', 'snoozed')), count(*) FILTER (WHERE waiting_since IS NOT NULL), count(*) FILTER (WHERE assignee_id IS NULL), count(*) FILTER (WHERE status = 'resolved') FROM conversation WHERE workspace_id = $1",
      [workspaceId],
    ),
};
