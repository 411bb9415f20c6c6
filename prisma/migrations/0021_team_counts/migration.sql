-- Counters of whoever sees some teams only, without walking what belongs to the others.
CREATE INDEX conversation_waiting_team ON "conversation" ("workspace_id", "team_id", "waiting_since", "id") WHERE "waiting_since" IS NOT NULL AND "team_id" IS NOT NULL;
CREATE INDEX conversation_deadline_team ON "conversation" ("workspace_id", "team_id", "next_deadline_at", "id") WHERE "next_deadline_at" IS NOT NULL AND "team_id" IS NOT NULL;
-- What a count asks of an active conversation stands in the index itself. None of these columns changes without the index's own.
DROP INDEX conversation_active;
CREATE INDEX conversation_active ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC) INCLUDE ("status", "last_message_side", "last_buyer_message_at")
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
DROP INDEX conversation_active_assignee;
CREATE INDEX conversation_active_assignee ON "conversation" ("workspace_id", "assignee_id", "last_message_at" DESC, "id" DESC)
  INCLUDE ("status", "team_id", "last_message_side", "last_buyer_message_at") WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
DROP INDEX conversation_active_team;
CREATE INDEX conversation_active_team ON "conversation" ("workspace_id", "team_id", "last_message_at" DESC, "id" DESC)
  INCLUDE ("status", "assignee_id", "last_message_side", "last_buyer_message_at") WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL;
DROP INDEX conversation_active_unassigned;
CREATE INDEX conversation_active_unassigned ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC) INCLUDE ("status", "team_id")
  WHERE "status" IN ('open', 'pending', 'snoozed') AND "merged_into_id" IS NULL AND "assignee_id" IS NULL;
-- What a person marked as unread by hand.
CREATE INDEX conversation_read_unread ON "conversation_read" ("conversation_id", "user_id") WHERE "read_at" = 'epoch'::timestamptz;
