-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'operator', 'warehouse', 'accountant', 'read_only');

-- CreateEnum
CREATE TYPE "conversation_scope" AS ENUM ('all', 'team', 'own');

-- CreateEnum
CREATE TYPE "conversation_status" AS ENUM ('open', 'pending', 'snoozed', 'resolved', 'closed');

-- CreateEnum
CREATE TYPE "message_side" AS ENUM ('buyer', 'seller', 'system');

-- CreateEnum
CREATE TYPE "send_state" AS ENUM ('queued', 'sending', 'accepted', 'rejected', 'unknown', 'confirmed');

-- CreateEnum
CREATE TYPE "sale_kind" AS ENUM ('sale', 'return', 'fee', 'correction');

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "conversation_scope" "conversation_scope" NOT NULL DEFAULT 'all',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "user_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT,
    "tax_id" TEXT,
    "country" TEXT NOT NULL DEFAULT 'RU',
    "currency" TEXT NOT NULL DEFAULT 'RUB',
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Moscow',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "sku" TEXT,
    "offer_id" TEXT,
    "name" TEXT NOT NULL,
    "image_url" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "buyer_ref" TEXT,
    "buyer_name" TEXT,
    "status" "conversation_status" NOT NULL DEFAULT 'open',
    "remote_status" TEXT,
    "order_number" TEXT,
    "sku" TEXT,
    "order_schema" TEXT,
    "order_paid_at" TIMESTAMPTZ(3),
    "order_delivered_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_preview" TEXT NOT NULL DEFAULT '',
    "last_message_side" "message_side" NOT NULL DEFAULT 'buyer',
    "last_buyer_message_at" TIMESTAMPTZ(3),
    "waiting_since" TIMESTAMPTZ(3),
    "answered_until" TIMESTAMPTZ(3),
    "remote_last_message_id" TEXT,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT,
    "side" "message_side" NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_ref" TEXT,
    "author_user_id" UUID,
    "text" TEXT NOT NULL,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "order_number" TEXT,
    "sku" TEXT,
    "is_read_by_buyer" BOOLEAN NOT NULL DEFAULT false,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "source_version_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "send_id" UUID,
    "send_state" "send_state",
    "send_generation" INTEGER NOT NULL DEFAULT 0,
    "send_lease_until" TIMESTAMPTZ(3),
    "send_attempts" INTEGER NOT NULL DEFAULT 0,
    "send_started_at" TIMESTAMPTZ(3),
    "send_after" TIMESTAMPTZ(3),
    "send_next_at" TIMESTAMPTZ(3),
    "send_checks" INTEGER NOT NULL DEFAULT 0,
    "send_error_code" TEXT,
    "send_error_text" TEXT,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_file" (
    "message_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content" BYTEA,

    CONSTRAINT "message_file_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "conversation_read" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_read_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connector_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "auto_sync" BOOLEAN NOT NULL DEFAULT true,
    "base_url" TEXT,
    "account_ref" TEXT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "health" TEXT NOT NULL DEFAULT 'unknown',
    "health_code" TEXT,
    "health_params" JSONB NOT NULL DEFAULT '{}',
    "health_checked_at" TIMESTAMPTZ(3),
    "credentials_expire_at" TIMESTAMPTZ(3),
    "webhook_token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_credential" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "vault_key_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hints" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_credential_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "sync_stream" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "interval_seconds" INTEGER NOT NULL,
    "checkpoint" JSONB,
    "checkpoint_at" TIMESTAMPTZ(3),
    "next_due_at" TIMESTAMPTZ(3) NOT NULL,
    "last_run_id" UUID,
    "last_success_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error_code" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sync_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "requested_by" UUID,
    "window_from" TIMESTAMPTZ(3),
    "window_to" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "received" INTEGER NOT NULL DEFAULT 0,
    "applied" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "dead_letter" INTEGER NOT NULL DEFAULT 0,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "steps_total" INTEGER,
    "steps_done" INTEGER NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_params" JSONB NOT NULL DEFAULT '{}',
    "error_text" TEXT,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "run_id" UUID,
    "delivery_id" UUID,
    "kind" TEXT NOT NULL,
    "external_id" TEXT,
    "payload" JSONB NOT NULL,
    "error_code" TEXT NOT NULL,
    "error_text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "body" BYTEA NOT NULL,
    "source_ip" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" TEXT NOT NULL DEFAULT 'stored',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "processed_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_text" TEXT,
    "repeats" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "workspace_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "subject_type" TEXT,
    "subject_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "ip" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vault_key" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kek_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "vault_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit_counter" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_counter_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "call_log_entry" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "status" INTEGER,
    "outcome" TEXT NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "request_bytes" INTEGER NOT NULL DEFAULT 0,
    "response_bytes" INTEGER NOT NULL DEFAULT 0,
    "request_body" TEXT,
    "response_body" TEXT,
    "error_text" TEXT,
    "request_id" TEXT,

    CONSTRAINT "call_log_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sale_line" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID,
    "marketplace" TEXT NOT NULL,
    "external_id" TEXT,
    "kind" "sale_kind" NOT NULL,
    "date" DATE NOT NULL,
    "quantity" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "fees_minor" BIGINT NOT NULL DEFAULT 0,
    "payout_minor" BIGINT,
    "currency" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "order_number" TEXT,
    "posting_number" TEXT,
    "sku" TEXT,
    "offer_id" TEXT,
    "product_name" TEXT,
    "is_preliminary" BOOLEAN NOT NULL DEFAULT false,
    "fee_details" JSONB NOT NULL DEFAULT '[]',
    "source_hash" TEXT NOT NULL,
    "possible_duplicate_of_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sale_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_workspace_id_user_id_key" ON "membership"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "user_session_user_id_ended_at_idx" ON "user_session"("user_id", "ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_workspace_id_created_at_idx" ON "invitation"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "organization_workspace_id_name_key" ON "organization"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "product_connection_id_sku_idx" ON "product"("connection_id", "sku");

-- CreateIndex
CREATE INDEX "product_workspace_id_name_idx" ON "product"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "product_connection_id_external_id_key" ON "product"("connection_id", "external_id");

-- CreateIndex
CREATE INDEX "conversation_workspace_id_last_message_at_id_idx" ON "conversation"("workspace_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_workspace_id_status_last_message_at_id_idx" ON "conversation"("workspace_id", "status", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversation_workspace_id_connection_id_last_message_at_id_idx" ON "conversation"("workspace_id", "connection_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "conversation_connection_id_external_id_key" ON "conversation"("connection_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_send_id_key" ON "message"("send_id");

-- CreateIndex
CREATE INDEX "message_conversation_id_sent_at_id_idx" ON "message"("conversation_id", "sent_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_external_id_key" ON "message"("conversation_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_webhook_token_hash_key" ON "connection"("webhook_token_hash");

-- CreateIndex
CREATE INDEX "connection_workspace_id_connector_id_idx" ON "connection"("workspace_id", "connector_id");

-- CreateIndex
CREATE INDEX "connection_connector_id_account_ref_idx" ON "connection"("connector_id", "account_ref");

-- CreateIndex
CREATE INDEX "connection_credential_vault_key_id_idx" ON "connection_credential"("vault_key_id");

-- CreateIndex
CREATE INDEX "sync_stream_next_due_at_idx" ON "sync_stream"("next_due_at");

-- CreateIndex
CREATE UNIQUE INDEX "sync_stream_connection_id_stream_key" ON "sync_stream"("connection_id", "stream");

-- CreateIndex
CREATE INDEX "sync_run_connection_id_queued_at_idx" ON "sync_run"("connection_id", "queued_at" DESC);

-- CreateIndex
CREATE INDEX "sync_run_workspace_id_queued_at_idx" ON "sync_run"("workspace_id", "queued_at" DESC);

-- CreateIndex
CREATE INDEX "dead_letter_connection_id_created_at_idx" ON "dead_letter"("connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "delivery_connection_id_received_at_idx" ON "delivery"("connection_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "delivery_status_received_at_idx" ON "delivery"("status", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_connection_id_dedupe_key_key" ON "delivery"("connection_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_at_idx" ON "audit_entry"("workspace_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_workspace_id_subject_type_subject_id_idx" ON "audit_entry"("workspace_id", "subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "vault_key_workspace_id_retired_at_idx" ON "vault_key"("workspace_id", "retired_at");

-- CreateIndex
CREATE INDEX "rate_limit_counter_expire_idx" ON "rate_limit_counter"("expire");

-- CreateIndex
CREATE INDEX "call_log_entry_connection_id_at_idx" ON "call_log_entry"("connection_id", "at" DESC);

-- CreateIndex
CREATE INDEX "call_log_entry_workspace_id_at_idx" ON "call_log_entry"("workspace_id", "at" DESC);

-- CreateIndex
CREATE INDEX "call_log_entry_at_idx" ON "call_log_entry"("at");

-- CreateIndex
CREATE INDEX "sale_line_workspace_id_date_id_idx" ON "sale_line"("workspace_id", "date" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sale_line_workspace_id_connection_id_date_idx" ON "sale_line"("workspace_id", "connection_id", "date" DESC);

-- CreateIndex
CREATE INDEX "sale_line_workspace_id_organization_id_date_idx" ON "sale_line"("workspace_id", "organization_id", "date" DESC);

-- CreateIndex
CREATE INDEX "sale_line_workspace_id_sku_date_idx" ON "sale_line"("workspace_id", "sku", "date" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "sale_line_connection_id_external_id_key" ON "sale_line"("connection_id", "external_id");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_file" ADD CONSTRAINT "message_file_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_read" ADD CONSTRAINT "conversation_read_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_credential" ADD CONSTRAINT "connection_credential_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_stream" ADD CONSTRAINT "sync_stream_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
