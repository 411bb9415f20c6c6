-- CreateTable
CREATE TABLE "engine_event" (
    "id" TEXT NOT NULL,
    "ext_id" TEXT,
    "name" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "version" TEXT,
    "ts" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_run" (
    "id" TEXT NOT NULL,
    "fn_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "event" JSON NOT NULL,
    "event_id" TEXT,
    "event_name" TEXT NOT NULL,
    "workspace_id" UUID,
    "parent_run_id" TEXT,
    "parent_step_id" TEXT,
    "retried_from" TEXT,
    "max_attempts" INTEGER NOT NULL,
    "concurrency" JSON,
    "output" JSON,
    "error" JSON,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_step" (
    "run_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "race" BOOLEAN NOT NULL DEFAULT false,
    "ord" BIGINT,
    "memo" JSON,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_step_pkey" PRIMARY KEY ("run_id","step_id")
);

-- CreateTable
CREATE TABLE "engine_item" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "gen" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "dirty" BOOLEAN NOT NULL DEFAULT false,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_owner" TEXT,
    "leased_at" TIMESTAMPTZ(3),
    "blocked_on" TEXT,

    CONSTRAINT "engine_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_wait" (
    "run_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "event_name" TEXT,
    "condition" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_wait_pkey" PRIMARY KEY ("run_id","step_id")
);

-- CreateTable
CREATE TABLE "engine_key" (
    "fn_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSON,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engine_key_pkey" PRIMARY KEY ("fn_id","kind","key")
);

-- CreateTable
CREATE TABLE "engine_slot" (
    "scope" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,

    CONSTRAINT "engine_slot_pkey" PRIMARY KEY ("scope","item_id")
);

-- CreateTable
CREATE TABLE "engine_attempt" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" JSON NOT NULL,
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "queue_pools" TEXT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_cron" (
    "fn_id" TEXT NOT NULL,
    "last_fire_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engine_cron_pkey" PRIMARY KEY ("fn_id")
);

-- CreateTable
CREATE TABLE "engine_function" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSON NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_function_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "engine_event_handled_at_received_at_idx" ON "engine_event"("handled_at", "received_at");

-- CreateIndex
CREATE INDEX "engine_run_fn_id_status_id_idx" ON "engine_run"("fn_id", "status", "id");

-- CreateIndex
CREATE INDEX "engine_run_workspace_id_id_idx" ON "engine_run"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "engine_run_event_id_idx" ON "engine_run"("event_id");

-- CreateIndex
CREATE INDEX "engine_run_ended_at_idx" ON "engine_run"("ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "engine_item_run_id_step_id_key" ON "engine_item"("run_id", "step_id");

-- CreateIndex
CREATE INDEX "engine_item_state_run_at_idx" ON "engine_item"("state", "run_at");

-- CreateIndex
CREATE INDEX "engine_item_blocked_on_run_at_idx" ON "engine_item"("blocked_on", "run_at");

-- CreateIndex
CREATE INDEX "engine_wait_event_name_idx" ON "engine_wait"("event_name");

-- CreateIndex
CREATE INDEX "engine_wait_expires_at_idx" ON "engine_wait"("expires_at");

-- CreateIndex
CREATE INDEX "engine_key_expires_at_idx" ON "engine_key"("expires_at");

-- CreateIndex
CREATE INDEX "engine_slot_item_id_idx" ON "engine_slot"("item_id");

-- CreateIndex
CREATE INDEX "engine_attempt_run_id_idx" ON "engine_attempt"("run_id");

-- CreateIndex
CREATE INDEX "engine_worker_seen_at_idx" ON "engine_worker"("seen_at");

-- Completion order of steps.
CREATE SEQUENCE "engine_step_ord";

-- Writes events inside the caller's transaction, whatever role it runs as: a workspace transaction is bound to the role
-- karavan_app, which may not touch the engine's or the queue's tables. `embedded` queues the routing at once; otherwise the
-- drain of the worker process is woken and sends the rows to the Inngest server.
CREATE FUNCTION "engine_emit"(batch JSON, embedded BOOLEAN) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  inserted TEXT[];
BEGIN
  WITH fresh AS (
    INSERT INTO public.engine_event (id, ext_id, name, data, version, ts)
    SELECT e.id, e.ext_id, e.name, coalesce(e.data, '{}'::json), e.version, coalesce(e.ts, now())
    FROM json_to_recordset(batch) AS e(id TEXT, ext_id TEXT, name TEXT, data JSON, version TEXT, ts TIMESTAMPTZ)
    ON CONFLICT (id) DO NOTHING
    RETURNING id
  )
  SELECT array_agg(id) INTO inserted FROM fresh;
  IF inserted IS NULL THEN
    RETURN;
  END IF;
  IF embedded THEN
    PERFORM graphile_worker.add_job('engine:route', json_build_object('event', id)) FROM unnest(inserted) AS id;
  ELSE
    PERFORM pg_notify('engine_outbox', '');
  END IF;
END;
$$;
