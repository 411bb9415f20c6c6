-- The views a team works in all day. Each holds only what somebody still works on, so that lists and bounded counts walk
-- nothing else, however long the past is. The queries write the same conditions out (server/inbox/reading/filter.repository.ts).
CREATE INDEX conversation_active ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC)
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
CREATE INDEX conversation_active_assignee ON "conversation" ("workspace_id", "assignee_id", "last_message_at" DESC, "id" DESC)
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
CREATE INDEX conversation_active_team ON "conversation" ("workspace_id", "team_id", "last_message_at" DESC, "id" DESC)
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
DROP INDEX conversation_unassigned;
CREATE INDEX conversation_active_unassigned ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC)
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL AND "assignee_id" IS NULL;
-- The queue that is given out: oldest first.
CREATE INDEX conversation_queue ON "conversation" ("workspace_id", "team_id", "last_message_at", "id")
  WHERE "status" = 'open' AND "merged_into_id" IS NULL AND "assignee_id" IS NULL AND "team_id" IS NOT NULL;
-- Urgent first.
CREATE INDEX conversation_priority ON "conversation" ("workspace_id", "priority" DESC, "last_message_at" DESC, "id" DESC);
-- Stars of reviews.
CREATE INDEX conversation_rating ON "conversation" ("workspace_id", "rating", "last_message_at" DESC, "id" DESC) WHERE "rating" IS NOT NULL;
-- The same buyer's other conversations, and those about the same order.
CREATE INDEX conversation_buyer ON "conversation" ("connection_id", "buyer_ref", "last_message_at" DESC, "id" DESC) WHERE "buyer_ref" IS NOT NULL;
CREATE INDEX conversation_order ON "conversation" ("workspace_id", "order_number") WHERE "order_number" IS NOT NULL;
CREATE INDEX sale_line_order ON "sale_line" ("workspace_id", "order_number") WHERE "order_number" IS NOT NULL;
-- Messages that a person has to look at: refused, or of unknown outcome.
CREATE INDEX message_refused ON "message" ("workspace_id", "conversation_id") WHERE "send_state" = 'rejected' AND "external_id" IS NULL;
CREATE INDEX message_unknown ON "message" ("workspace_id", "conversation_id") WHERE "send_state" = 'unknown';
