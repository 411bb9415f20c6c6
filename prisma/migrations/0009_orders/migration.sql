-- The lists of orders people work in, their search, and the work lists of the outbox of changes.

-- What we have to hand over, by its deadline; holds only what is still here, however long the past is. The queries write the same
-- condition out (server/orders/reading/list.repository.ts).
CREATE INDEX "sales_order_to_ship" ON "sales_order"("workspace_id", "ship_by", "id")
  WHERE "state" IN ('new', 'confirmed', 'packed') AND "ship_by" IS NOT NULL AND "fulfilment" <> 'fbo';
CREATE INDEX "sales_order_to_ship_connection" ON "sales_order"("workspace_id", "connection_id", "ship_by", "id")
  WHERE "state" IN ('new', 'confirmed', 'packed') AND "ship_by" IS NOT NULL AND "fulfilment" <> 'fbo';
CREATE INDEX "sales_order_short_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "is_short";
CREATE INDEX "sales_order_short" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "is_short";
CREATE INDEX "sales_order_workspace_id_organization_id_placed_at_id_idx" ON "sales_order"("workspace_id", "organization_id", "placed_at" DESC, "id" DESC);
CREATE INDEX "sales_order_workspace_id_fulfilment_placed_at_id_idx" ON "sales_order"("workspace_id", "fulfilment", "placed_at" DESC, "id" DESC);
-- One index a state, of all connections and of one: comparing enums is not leakproof, so under row-level security a state can only be
-- chosen by an index that holds no other. Every order is in one of each, so they cost what one would. The queries write the states out.
DROP INDEX "sales_order_workspace_id_state_placed_at_id_idx";
CREATE INDEX "sales_order_new" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'new';
CREATE INDEX "sales_order_new_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'new';
CREATE INDEX "sales_order_confirmed" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'confirmed';
CREATE INDEX "sales_order_confirmed_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'confirmed';
CREATE INDEX "sales_order_packed" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'packed';
CREATE INDEX "sales_order_packed_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'packed';
CREATE INDEX "sales_order_shipped" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'shipped';
CREATE INDEX "sales_order_shipped_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'shipped';
CREATE INDEX "sales_order_delivered" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'delivered';
CREATE INDEX "sales_order_delivered_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'delivered';
CREATE INDEX "sales_order_cancelled" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'cancelled';
CREATE INDEX "sales_order_cancelled_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'cancelled';
CREATE INDEX "sales_order_returned" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'returned';
CREATE INDEX "sales_order_returned_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'returned';
CREATE INDEX "sales_order_unknown" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'unknown';
CREATE INDEX "sales_order_unknown_connection" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC) WHERE "state" = 'unknown';
-- Orders a changed mapping reads anew.
CREATE INDEX "sales_order_connection_id_remote_state_idx" ON "sales_order"("connection_id", "remote_state");
CREATE INDEX "order_line_workspace_id_offer_id_idx" ON "order_line"("workspace_id", "offer_id");
-- The queue of one order, and what lies longer than it should.
CREATE INDEX "order_change_open" ON "order_change"("order_id", "requested_at") WHERE "state" IN ('queued', 'sending', 'unknown', 'accepted');
CREATE INDEX "order_change_due" ON "order_change"("next_at") WHERE "state" IN ('queued', 'sending', 'unknown') AND "next_at" IS NOT NULL;

-- Names in any word form (migration 0007), stored so that the newest orders are looked through without making their words again.
ALTER TABLE "sales_order" ADD COLUMN "search_words" tsvector GENERATED ALWAYS AS (search_words(coalesce("buyer_name", ''))) STORED;
CREATE INDEX "sales_order_search" ON "sales_order" USING gin ("search_words");
-- Any three characters of the numbers people know an order by.
CREATE INDEX "sales_order_number_search" ON "sales_order" USING gin ("number" gin_trgm_ops, "group_number" gin_trgm_ops, "tracking_number" gin_trgm_ops);

-- Orders by a piece of their numbers, a whole article number or the buyer's name: the newest of them. Runs as its owner, because text
-- operators are not leakproof (0007); names the workspace itself. What is common is found among the newest orders, what is rare by index.
CREATE FUNCTION orders_search(query text, newest integer) RETURNS TABLE (order_id uuid)
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
            OR coalesce(o.tracking_number ILIKE piece, false)
            OR EXISTS (SELECT FROM public.order_line l WHERE l.order_id = o.id AND (l.sku = asked OR l.offer_id = asked)) AS is_hit
          FROM public.sales_order o WHERE o.workspace_id = workspace ORDER BY o.placed_at DESC, o.id DESC LIMIT walk) w;
  -- More than a tenth of what is newest: they are enough.
  IF walked >= walk AND hits * 10 < walked THEN
    seen := ARRAY(SELECT f.id FROM (
        (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.search_words @@ wanted LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.group_number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM public.sales_order o WHERE o.workspace_id = workspace AND o.tracking_number ILIKE piece LIMIT 20000)
        UNION (SELECT o.id, o.placed_at FROM (SELECT l.order_id FROM public.order_line l WHERE l.workspace_id = workspace AND l.sku = asked LIMIT 10000) s JOIN public.sales_order o ON o.id = s.order_id)
        UNION (SELECT o.id, o.placed_at FROM (SELECT l.order_id FROM public.order_line l WHERE l.workspace_id = workspace AND l.offer_id = asked LIMIT 10000) s JOIN public.sales_order o ON o.id = s.order_id)) f
      ORDER BY f.placed_at DESC, f.id DESC LIMIT newest);
  END IF;
  RETURN QUERY SELECT u FROM unnest(seen) u;
END $$;

-- The order as it stood when the change was sent: what its effect is recognised by.
ALTER TABLE "order_change" ADD COLUMN "facts" JSONB NOT NULL DEFAULT '{}';
