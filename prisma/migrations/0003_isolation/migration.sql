-- What Prisma's schema language cannot say: row-level security, the append-only audit, search indexes.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The role tenant transactions take on (SET LOCAL ROLE). Roles are shared by all databases of a server, so another
-- installation may have made it already, even at this very moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'karavan_app') THEN
    BEGIN
      CREATE ROLE karavan_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END IF;
  -- Since PostgreSQL 16 the creator of a role may administer it but not take it on: grant it in every case.
  BEGIN
    EXECUTE format('GRANT karavan_app TO %I', current_user);
  EXCEPTION WHEN insufficient_privilege THEN
    IF NOT pg_has_role(current_user, 'karavan_app', 'MEMBER') THEN
      RAISE EXCEPTION 'Another database role made karavan_app. Ask its administrator to run: GRANT karavan_app TO %', quote_ident(current_user);
    END IF;
  END;
END $$;

GRANT USAGE ON SCHEMA public TO karavan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO karavan_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO karavan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO karavan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO karavan_app;
REVOKE ALL ON "_prisma_migrations" FROM karavan_app;
-- The engine's own tables: tenants reach them only through engine_emit().
REVOKE ALL ON engine_run, engine_event, engine_step, engine_item, engine_wait, engine_key, engine_slot, engine_attempt, engine_worker, engine_cron, engine_function FROM karavan_app;

-- Without a workspace set the comparison is with NULL, so nothing is visible.
CREATE FUNCTION karavan_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('karavan.workspace_id', true), '')::uuid $$;

-- Called by later migrations for every new tenant table; server/platform/isolation.db.test.ts fails when one is forgotten.
CREATE FUNCTION karavan_isolate(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY workspace_isolation ON %s TO karavan_app USING (workspace_id = karavan_workspace()) WITH CHECK (workspace_id = karavan_workspace())', target);
END $$;

DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE n.nspname = 'public' AND c.relkind = 'r'
  LOOP
    PERFORM karavan_isolate(target);
  END LOOP;
END $$;

ALTER TABLE "workspace" ENABLE ROW LEVEL SECURITY;
CREATE POLICY workspace_isolation ON "workspace" TO karavan_app USING (id = karavan_workspace()) WITH CHECK (id = karavan_workspace());

-- People are global; a workspace sees its members only, and changes nobody's row.
ALTER TABLE "user" ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_visibility ON "user" FOR SELECT TO karavan_app
  USING (EXISTS (SELECT 1 FROM "membership" m WHERE m.user_id = "user".id AND m.workspace_id = karavan_workspace()));

CREATE FUNCTION karavan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION karavan_refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION karavan_refuse_change();

-- The Russian configuration stems Cyrillic words as Russian and Latin ones as English.
CREATE INDEX message_search ON "message" USING gin (to_tsvector('russian', "text"));
CREATE INDEX conversation_order_number_search ON "conversation" USING gin ("order_number" gin_trgm_ops);

-- Who is owed a reply, longest first.
CREATE INDEX conversation_waiting ON "conversation" ("workspace_id", "waiting_since", "id") WHERE "waiting_since" IS NOT NULL;
-- What is on its way out: the head of a conversation's queue, and what has lain too long.
CREATE INDEX message_outbox ON "message" ("conversation_id", "id") WHERE "send_state" IN ('queued', 'sending', 'unknown');
CREATE INDEX message_outbox_due ON "message" ("send_next_at") WHERE "send_state" IN ('queued', 'sending', 'unknown');
-- Our rows that a history entry may turn out to be.
CREATE INDEX message_unmatched ON "message" ("conversation_id") WHERE "external_id" IS NULL;

-- The newest messages of a workspace, for the search alone. Over expressions on purpose: every query carries workspace_id, so an
-- index that begins with the plain column offers itself for "the last message of one conversation", too, and wins as long as
-- there are no statistics: during the first synchronisation.
CREATE INDEX message_newest ON "message" (uuid_hash("workspace_id"), ("sent_at" AT TIME ZONE 'UTC') DESC, "id" DESC);

-- Text operators are not leakproof, so under row-level security the planner may not use these search indexes for the role
-- karavan_app. The two searches therefore run as their owner and name the workspace themselves.
-- Newest hits first, in bounded time for any word, without trusting estimates: a common word is found among the newest messages;
-- what is rarer than that has few enough hits to be fetched through the text index and sorted.
CREATE FUNCTION inbox_search_messages(query text, newest integer, before timestamptz)
RETURNS TABLE (message_id uuid, conversation_id uuid, sent_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  wanted tsquery := websearch_to_tsquery('russian', query);
  walk integer := 5000 + 5 * newest;
  until_at timestamp := coalesce(before, 'infinity') AT TIME ZONE 'UTC';
  hits integer;
  edge_at timestamp;
  edge_id uuid;
BEGIN
  RETURN QUERY
    SELECT w.id, w.conversation_id, w.sent_at
    FROM (SELECT m.id, m.conversation_id, m.sent_at, m.text FROM public.message m
          WHERE uuid_hash(m.workspace_id) = uuid_hash(karavan_workspace()) AND m.workspace_id = karavan_workspace() AND (m.sent_at AT TIME ZONE 'UTC') < until_at
          ORDER BY (m.sent_at AT TIME ZONE 'UTC') DESC, m.id DESC LIMIT walk) w
    WHERE to_tsvector('russian', w.text) @@ wanted
    ORDER BY w.sent_at DESC, w.id DESC LIMIT newest;
  GET DIAGNOSTICS hits = ROW_COUNT;
  IF hits >= newest THEN
    RETURN;
  END IF;
  SELECT m.sent_at AT TIME ZONE 'UTC', m.id INTO edge_at, edge_id FROM public.message m
    WHERE uuid_hash(m.workspace_id) = uuid_hash(karavan_workspace()) AND m.workspace_id = karavan_workspace() AND (m.sent_at AT TIME ZONE 'UTC') < until_at
    ORDER BY (m.sent_at AT TIME ZONE 'UTC') DESC, m.id DESC OFFSET walk - 1 LIMIT 1;
  IF edge_id IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT m.id, m.conversation_id, m.sent_at FROM public.message m
    WHERE m.workspace_id = karavan_workspace() AND (m.sent_at, m.id) < (edge_at AT TIME ZONE 'UTC', edge_id) AND to_tsvector('russian', m.text) @@ wanted
    ORDER BY m.sent_at DESC, m.id DESC LIMIT newest - hits;
END $$;

CREATE FUNCTION inbox_search_order(term text, at_most integer) RETURNS TABLE (conversation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM public.conversation c
  WHERE c.workspace_id = karavan_workspace() AND c.order_number LIKE '%' || term || '%'
  LIMIT at_most
$$;

-- The conservation line of a run, and one open run a stream, as the database's own laws.
ALTER TABLE "sync_run" ADD CONSTRAINT sync_run_conservation CHECK (received = applied + duplicate + rejected + dead_letter);
CREATE UNIQUE INDEX sync_run_one_open ON "sync_run" (connection_id, stream) WHERE status IN ('queued', 'running');
