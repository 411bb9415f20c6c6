import { Prisma } from "@/server/platform/generated/client";

/** Of message `m` in conversation `c`: refused, never taken back, and still the newest word of ours. */
export const REJECTED_WORTH_SHOWING = Prisma.sql`(m.external_id IS NULL AND m.send_state = 'rejected' AND m.send_error_code IS DISTINCT FROM 'inbox.send_cancelled' AND m.sent_at >= c.last_message_at)`;

/** The head of what is on its way, else a refused message that is the conversation's newest word of ours. */
export const TROUBLE = Prisma.sql`coalesce(
  (SELECT m.send_state::text FROM message m WHERE m.conversation_id = c.id AND m.send_state IN ('queued', 'sending', 'unknown') ORDER BY m.id LIMIT 1),
  (SELECT 'rejected' FROM message m WHERE m.conversation_id = c.id AND ${REJECTED_WORTH_SHOWING} LIMIT 1))`;
