-- Saved views belong to a page, and each person may have one to begin with.

-- Those there are belong to the inbox.
ALTER TABLE "saved_view" ADD COLUMN "page" TEXT NOT NULL DEFAULT 'inbox';
ALTER TABLE "saved_view" ALTER COLUMN "page" DROP DEFAULT;

DROP INDEX "saved_view_workspace_id_owner_id_idx";
CREATE INDEX "saved_view_workspace_id_page_owner_id_idx" ON "saved_view"("workspace_id", "page", "owner_id");

CREATE TABLE "default_view" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "view_id" UUID NOT NULL,

    CONSTRAINT "default_view_pkey" PRIMARY KEY ("workspace_id","user_id","page")
);

CREATE INDEX "default_view_view_id_idx" ON "default_view"("view_id");

ALTER TABLE "default_view" ADD CONSTRAINT "default_view_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT karavan_isolate('default_view');

-- What a service's other records (sales, chats) call an order, where people know it by another number.
ALTER TABLE "sales_order" ADD COLUMN "record_number" TEXT;
CREATE INDEX "sales_order_workspace_id_record_number_idx" ON "sales_order"("workspace_id", "record_number");

-- People know an assembly order of Wildberries by its id.
UPDATE "sales_order" o SET "record_number" = o."number", "number" = o."external_id"
  FROM "connection" c WHERE c."id" = o."connection_id" AND c."connector_id" = 'wildberries' AND o."fulfilment" = 'fbs' AND o."number" <> o."external_id";

-- As in 0009, and by that number whole.
CREATE OR REPLACE FUNCTION orders_search(query text, newest integer) RETURNS TABLE (order_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public SET enable_seqscan = off SET jit = off AS $$
DECLARE
  asked text := btrim(query);
  wanted tsquery := public.search_query(query);
  workspace uuid := karavan_workspace();
  piece text := CASE WHEN length(asked) >= 3 AND asked !~ '\s' THEN '%' || regexp_replace(asked, '([\\%_])', '\\\1', 'g') || '%' END;
  walk integer := 2000;
  walked integer;
  hits integer;
  seen uuid[];
BEGIN
  SELECT count(*), count(*) FILTER (WHERE w.is_hit), (array_agg(w.id ORDER BY w.placed_at DESC, w.id DESC) FILTER (WHERE w.is_hit))[:newest] INTO walked, hits, seen
    FROM (SELECT o.id, o.placed_at, coalesce(o.search_words @@ wanted, false) OR coalesce(o.number ILIKE piece, false) OR coalesce(o.group_number ILIKE piece, false)
            OR coalesce(o.tracking_number ILIKE piece, false) OR coalesce(o.record_number = asked, false)
            OR EXISTS (SELECT FROM public.order_line l WHERE l.order_id = o.id AND (l.sku = asked OR l.offer_id = asked)) AS is_hit
          FROM public.sales_order o WHERE o.workspace_id = workspace ORDER BY o.placed_at DESC, o.id DESC LIMIT walk) w;
  -- More than a tenth of what is newest: they are enough.
  IF walked >= walk AND hits * 10 < walked THEN
    seen := ARRAY(SELECT f.id FROM (
        (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.search_words @@ wanted LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.group_number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.tracking_number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.record_number = asked LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM (SELECT l.order_id FROM public.order_line l WHERE l.workspace_id = workspace AND l.sku = asked LIMIT 10000) s JOIN public.sales_order o ON o.id = s.order_id)
        UNION (SELECT o.id, o.placed_at FROM (SELECT l.order_id FROM public.order_line l WHERE l.workspace_id = workspace AND l.offer_id = asked LIMIT 10000) s JOIN public.sales_order o ON o.id = s.order_id)) f
      ORDER BY f.placed_at DESC, f.id DESC LIMIT newest);
  END IF;
  RETURN QUERY SELECT u FROM unnest(seen) u;
END $$;

-- Open browsers are told, when the transaction commits, that the catalog of a workspace changed: once a transaction, whatever changed it.
CREATE FUNCTION catalog_announce() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workspace uuid;
BEGIN
  FOR workspace IN SELECT DISTINCT workspace_id FROM changed LOOP
    PERFORM pg_notify('karavan_live', json_build_object('workspaceId', workspace, 'topic', 'catalog')::text);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER variant_announce_insert AFTER INSERT ON "variant" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER variant_announce_update AFTER UPDATE ON "variant" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER variant_announce_delete AFTER DELETE ON "variant" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER product_announce_insert AFTER INSERT ON "product" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER product_announce_update AFTER UPDATE ON "product" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER offer_push_announce_insert AFTER INSERT ON "offer_push" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
CREATE TRIGGER offer_push_announce_update AFTER UPDATE ON "offer_push" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_announce();
