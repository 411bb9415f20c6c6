-- One job of the queue for up to fifty events of a transaction: a job is a row with five indexes, more than the event itself costs.
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
      SELECT array_agg(ROW('engine:route', json_build_object('events', portion.ids), NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec)
      FROM (
        SELECT array_agg(e.id ORDER BY e.place) AS ids
        FROM unnest(inserted) WITH ORDINALITY AS e(id, place)
        GROUP BY (e.place - 1) / 50
      ) AS portion));
  ELSE
    PERFORM pg_notify('engine_outbox', '');
  END IF;
END;
$$;
