CREATE TABLE "webhook_test" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_test_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "webhook_test_token_hash_key" ON "webhook_test"("token_hash");

CREATE INDEX "webhook_test_expires_at_idx" ON "webhook_test"("expires_at");

SELECT karavan_isolate('webhook_test');

-- One statement and one notification for all events of a transaction: a job each cost ten times as much.
CREATE OR REPLACE FUNCTION "engine_emit"(batch JSON, embedded BOOLEAN) RETURNS VOID
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
    PERFORM graphile_worker.add_jobs((
      SELECT array_agg(ROW('engine:route', json_build_object('event', id), NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec)
      FROM unnest(inserted) AS id));
  ELSE
    PERFORM pg_notify('engine_outbox', '');
  END IF;
END;
$$;
