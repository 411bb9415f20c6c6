-- The team inbox: working together, reply deadlines, follow-ups, notices.

-- Used by indexes and rows only from the next migration on: a new value cannot be used in the transaction that adds it.
ALTER TYPE "send_state" ADD VALUE 'scheduled' BEFORE 'queued';

ALTER TABLE "conversation"
  ADD COLUMN "product_name" TEXT,
  ADD COLUMN "rating" SMALLINT,
  ADD COLUMN "remote_context" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "assignee_id" UUID,
  ADD COLUMN "team_id" UUID,
  ADD COLUMN "assigned_at" TIMESTAMPTZ(3),
  ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
  ADD COLUMN "merged_into_id" UUID,
  ADD COLUMN "next_deadline_at" TIMESTAMPTZ(3),
  ADD COLUMN "next_deadline_kind" TEXT,
  ADD COLUMN "deadline_state" TEXT;

ALTER TABLE "sync_run" ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]';

ALTER TABLE "message"
  ADD COLUMN "moderation" TEXT,
  ADD COLUMN "send_scheduled_at" TIMESTAMPTZ(3),
  ADD COLUMN "origin" TEXT,
  ADD COLUMN "guard_override_by_id" UUID,
  ADD COLUMN "guard_override_reason" TEXT;

-- CreateTable
CREATE TABLE "business_calendar" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "week" JSONB NOT NULL,
    "holidays" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "business_calendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_policy" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "conditions" JSONB NOT NULL,
    "first_reply_minutes" INTEGER,
    "next_reply_minutes" INTEGER,
    "calendar_id" UUID,
    "pause_on" TEXT[],
    "warn_before_minutes" INTEGER NOT NULL DEFAULT 15,
    "escalation" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "policy_id" UUID,
    "metric" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "warn_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "paused_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marketplace_limit" (
    "workspace_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "minutes" INTEGER,
    "source" TEXT NOT NULL,
    "checked_on" DATE NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "marketplace_limit_pkey" PRIMARY KEY ("workspace_id","channel")
);

-- CreateTable
CREATE TABLE "connection_outage" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "code" TEXT NOT NULL,

    CONSTRAINT "connection_outage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up_rule" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT false,
    "trigger" TEXT NOT NULL,
    "delay_days" INTEGER NOT NULL,
    "conditions" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "quiet_hours" JSONB NOT NULL,
    "frequency_cap_days" INTEGER NOT NULL DEFAULT 14,
    "holdout_percent" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "follow_up_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "rule_id" UUID,
    "created_by_id" UUID,
    "text" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "reason_code" TEXT,
    "reason_params" JSONB NOT NULL DEFAULT '{}',
    "occasion_key" TEXT NOT NULL,
    "message_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "conversation_id" UUID,
    "connection_id" UUID,
    "params" JSONB NOT NULL DEFAULT '{}',
    "dedupe_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_delivery" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "notice_id" UUID,
    "user_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_text" TEXT,
    "not_before" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_address" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT,
    "label" TEXT,
    "link_token_hash" TEXT,
    "link_expires_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "broken_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_transport" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "vault_key_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hints" JSONB NOT NULL DEFAULT '{}',
    "state" JSONB NOT NULL DEFAULT '{}',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "webhook_token_hash" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_transport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "auto_assign" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "last_assigned_at" TIMESTAMPTZ(3),

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "assignment_rule" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "channels" TEXT[],
    "connection_ids" UUID[],

    CONSTRAINT "assignment_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_state" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "availability" TEXT NOT NULL DEFAULT 'online',
    "capacity" INTEGER,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_state_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "member_preference" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_preference_pkey" PRIMARY KEY ("workspace_id","user_id","section")
);

-- CreateTable
CREATE TABLE "label" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_label" (
    "conversation_id" UUID NOT NULL,
    "label_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_label_pkey" PRIMARY KEY ("conversation_id","label_id")
);

-- CreateTable
CREATE TABLE "conversation_event" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "conversation_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note_mention" (
    "note_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_mention_pkey" PRIMARY KEY ("note_id","user_id")
);

-- CreateTable
CREATE TABLE "reply_template" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID,
    "title" TEXT NOT NULL,
    "shortcut" TEXT,
    "text" TEXT NOT NULL,
    "channels" TEXT[],
    "use_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "reply_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "macro" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID,
    "title" TEXT NOT NULL,
    "actions" JSONB NOT NULL,
    "channels" TEXT[],
    "use_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "macro_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "filters" JSONB NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'reply',
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("conversation_id","user_id","kind")
);

-- CreateTable
CREATE TABLE "conversation_presence" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "activity" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_presence_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "business_calendar_workspace_id_name_key" ON "business_calendar"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "deadline_policy_workspace_id_position_idx" ON "deadline_policy"("workspace_id", "position");

-- CreateIndex
CREATE INDEX "deadline_workspace_id_started_at_idx" ON "deadline"("workspace_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "deadline_conversation_id_metric_started_at_key" ON "deadline"("conversation_id", "metric", "started_at");

-- CreateIndex
CREATE INDEX "connection_outage_connection_id_started_at_idx" ON "connection_outage"("connection_id", "started_at");

-- CreateIndex
CREATE INDEX "follow_up_rule_workspace_id_idx" ON "follow_up_rule"("workspace_id");

-- CreateIndex
CREATE INDEX "follow_up_conversation_id_status_idx" ON "follow_up"("conversation_id", "status");

-- CreateIndex
CREATE INDEX "follow_up_workspace_id_created_at_idx" ON "follow_up"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_workspace_id_occasion_key_key" ON "follow_up"("workspace_id", "occasion_key");

-- CreateIndex
CREATE INDEX "conversation_workspace_id_channel_last_message_at_id_idx" ON "conversation"("workspace_id", "channel", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_workspace_id_assignee_id_last_message_at_id_idx" ON "conversation"("workspace_id", "assignee_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_workspace_id_team_id_last_message_at_id_idx" ON "conversation"("workspace_id", "team_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notice_workspace_id_user_id_created_at_idx" ON "notice"("workspace_id", "user_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notice_workspace_id_user_id_dedupe_key_key" ON "notice"("workspace_id", "user_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "notice_delivery_workspace_id_user_id_created_at_idx" ON "notice_delivery"("workspace_id", "user_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notice_address_link_token_hash_key" ON "notice_address"("link_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "notice_address_workspace_id_user_id_channel_key" ON "notice_address"("workspace_id", "user_id", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "notice_transport_webhook_token_hash_key" ON "notice_transport"("webhook_token_hash");

-- CreateIndex
CREATE INDEX "notice_transport_vault_key_id_idx" ON "notice_transport"("vault_key_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_transport_workspace_id_kind_key" ON "notice_transport"("workspace_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "team_workspace_id_name_key" ON "team"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "team_member_workspace_id_user_id_idx" ON "team_member"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "assignment_rule_workspace_id_position_idx" ON "assignment_rule"("workspace_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "label_workspace_id_name_key" ON "label"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "conversation_label_workspace_id_label_id_last_message_at_co_idx" ON "conversation_label"("workspace_id", "label_id", "last_message_at" DESC, "conversation_id" DESC);

-- CreateIndex
CREATE INDEX "conversation_event_conversation_id_at_id_idx" ON "conversation_event"("conversation_id", "at", "id");

-- CreateIndex
CREATE INDEX "note_conversation_id_created_at_idx" ON "note"("conversation_id", "created_at");

-- CreateIndex
CREATE INDEX "note_mention_workspace_id_user_id_created_at_idx" ON "note_mention"("workspace_id", "user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "reply_template_workspace_id_archived_at_idx" ON "reply_template"("workspace_id", "archived_at");

-- CreateIndex
CREATE INDEX "macro_workspace_id_archived_at_idx" ON "macro"("workspace_id", "archived_at");

-- CreateIndex
CREATE INDEX "saved_view_workspace_id_owner_id_idx" ON "saved_view"("workspace_id", "owner_id");

-- CreateIndex
CREATE INDEX "draft_workspace_id_user_id_idx" ON "draft"("workspace_id", "user_id");

-- AddForeignKey
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_rule" ADD CONSTRAINT "assignment_rule_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_label" ADD CONSTRAINT "conversation_label_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_label" ADD CONSTRAINT "conversation_label_label_id_fkey" FOREIGN KEY ("label_id") REFERENCES "label"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note_mention" ADD CONSTRAINT "note_mention_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Tenant isolation of the new tables.
SELECT karavan_isolate('business_calendar');
SELECT karavan_isolate('deadline_policy');
SELECT karavan_isolate('deadline');
SELECT karavan_isolate('marketplace_limit');
SELECT karavan_isolate('connection_outage');
SELECT karavan_isolate('follow_up_rule');
SELECT karavan_isolate('follow_up');
SELECT karavan_isolate('notice');
SELECT karavan_isolate('notice_delivery');
SELECT karavan_isolate('notice_address');
SELECT karavan_isolate('notice_transport');
SELECT karavan_isolate('team');
SELECT karavan_isolate('team_member');
SELECT karavan_isolate('assignment_rule');
SELECT karavan_isolate('member_state');
SELECT karavan_isolate('member_preference');
SELECT karavan_isolate('label');
SELECT karavan_isolate('conversation_label');
SELECT karavan_isolate('conversation_event');
SELECT karavan_isolate('note');
SELECT karavan_isolate('note_mention');
SELECT karavan_isolate('reply_template');
SELECT karavan_isolate('macro');
SELECT karavan_isolate('saved_view');
SELECT karavan_isolate('draft');
SELECT karavan_isolate('conversation_presence');

-- History is written once.
CREATE FUNCTION karavan_refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'conversation_event is append-only'; END $$;
CREATE TRIGGER conversation_event_append_only BEFORE UPDATE ON "conversation_event"
  FOR EACH ROW EXECUTE FUNCTION karavan_refuse_event_change();

-- A label's list is one index walk: its rows follow the conversation's newest message.
CREATE FUNCTION conversation_label_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversation_label SET last_message_at = NEW.last_message_at WHERE conversation_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_label_follow AFTER UPDATE OF last_message_at ON "conversation"
  FOR EACH ROW WHEN (NEW.last_message_at IS DISTINCT FROM OLD.last_message_at) EXECUTE FUNCTION conversation_label_follow();

-- Presence is worth nothing after a restart.
ALTER TABLE "conversation_presence" SET UNLOGGED;

-- What is due next, what has to wake, what was merged.
CREATE INDEX conversation_deadline ON "conversation" ("workspace_id", "next_deadline_at", "id") WHERE "next_deadline_at" IS NOT NULL;
CREATE INDEX conversation_snoozed ON "conversation" ("snoozed_until") WHERE "snoozed_until" IS NOT NULL;
CREATE INDEX conversation_merged ON "conversation" ("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX conversation_unassigned ON "conversation" ("workspace_id", "last_message_at" DESC, "id" DESC) WHERE "assignee_id" IS NULL;
-- Open obligations: the next warning, the next breach.
CREATE UNIQUE INDEX deadline_one_open ON "deadline" ("conversation_id") WHERE "settled_at" IS NULL;
CREATE INDEX deadline_warn_due ON "deadline" ("warn_at") WHERE "settled_at" IS NULL AND "warned_at" IS NULL;
CREATE INDEX deadline_breach_due ON "deadline" ("due_at") WHERE "settled_at" IS NULL AND "breached_at" IS NULL;
CREATE UNIQUE INDEX connection_outage_one_open ON "connection_outage" ("connection_id") WHERE "ended_at" IS NULL;
-- What has to leave next.
CREATE INDEX follow_up_due ON "follow_up" ("due_at") WHERE "status" = 'scheduled';
CREATE INDEX notice_delivery_waiting ON "notice_delivery" ("not_before") WHERE "status" = 'waiting';
CREATE INDEX notice_unread ON "notice" ("workspace_id", "user_id", "created_at" DESC) WHERE "read_at" IS NULL;

CREATE INDEX "notice_created_at_idx" ON "notice" ("created_at");
CREATE INDEX "notice_delivery_workspace_id_created_at_id_idx" ON "notice_delivery" ("workspace_id", "created_at" DESC, "id" DESC);
CREATE INDEX "notice_delivery_notice_id_idx" ON "notice_delivery" ("notice_id");
CREATE INDEX "notice_delivery_created_at_idx" ON "notice_delivery" ("created_at");
