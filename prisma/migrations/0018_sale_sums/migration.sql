-- Sums of sale lines, kept beside them by the database itself (docs/decisions/0013-sale-sums.md): by day, and by product and calendar
-- month, quarter and year. What is counted apart (shop, organization, currency, kind and so on) is a slice.

CREATE TABLE "sale_slice" (
    "id" SERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID,
    "marketplace" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" "sale_kind" NOT NULL,
    "is_preliminary" BOOLEAN NOT NULL,
    "is_superseded" BOOLEAN NOT NULL,
    "has_fees" BOOLEAN NOT NULL,
    "has_payout" BOOLEAN NOT NULL,

    CONSTRAINT "sale_slice_pkey" PRIMARY KEY ("id")
);

-- Lines by hand belong to no shop, and they are one slice all the same.
CREATE UNIQUE INDEX "sale_slice_key" ON "sale_slice"("workspace_id", "connection_id", "organization_id", "marketplace", "currency", "kind", "is_preliminary", "is_superseded", "has_fees", "has_payout") NULLS NOT DISTINCT;

CREATE TABLE "sale_day_sum" (
    "workspace_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "slice_id" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "fees_minor" BIGINT NOT NULL,
    "payout_minor" BIGINT NOT NULL,

    CONSTRAINT "sale_day_sum_pkey" PRIMARY KEY ("workspace_id","date","slice_id")
) WITH (fillfactor = 80);

-- "months" is 1, 3 or 12: an enum could not be looked for by an index under row-level security.
CREATE TABLE "sale_product_sum" (
    "workspace_id" UUID NOT NULL,
    "months" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "slice_id" INTEGER NOT NULL,
    "product" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "fees_minor" BIGINT NOT NULL,
    "payout_minor" BIGINT NOT NULL,

    CONSTRAINT "sale_product_sum_pkey" PRIMARY KEY ("workspace_id","months","starts_on","slice_id","product")
) WITH (fillfactor = 80);

SELECT karavan_isolate('sale_slice');
SELECT karavan_isolate('sale_day_sum');
SELECT karavan_isolate('sale_product_sum');

-- Names of products without an article number of the service are looked up by the seller's own.
CREATE INDEX "sale_line_offer" ON "sale_line"("workspace_id", "offer_id", "date" DESC) WHERE "sku" IS NULL AND "offer_id" IS NOT NULL;

-- The sum of bigints as a bigint, by-value: sum() carries 128 bits for every group and makes a numeric of each (measured: a third of the
-- processor time of sums by product). Too large a sum is an error, and no sum is 0.
CREATE AGGREGATE sum_minor(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);

-- Until the transaction ends nobody else writes lines of these shops (null: lines of no shop). Whoever writes more than one statement asks
-- for all shops beforehand; the order is the same for everybody, so nobody waits for somebody who waits for him.
CREATE FUNCTION sale_lines_lock(workspace uuid, connections uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place uuid;
BEGIN
  FOR place IN SELECT DISTINCT coalesce(c, workspace) FROM unnest(connections) c ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('sales:' || place, 0));
  END LOOP;
END $$;

-- Adds what a statement brought (argument 1) or takes off what it took (argument -1); an update does both. Runs as whoever writes the
-- lines, so row-level security holds for the sums as it does for them.
CREATE FUNCTION sale_sums_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign integer := TG_ARGV[0];
  places record;
  emptied tid[];
BEGIN
  FOR places IN SELECT workspace_id, array_agg(DISTINCT connection_id) AS connections FROM changed GROUP BY 1 ORDER BY 1 LOOP
    PERFORM sale_lines_lock(places.workspace_id, places.connections);
  END LOOP;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO sale_slice (workspace_id, organization_id, connection_id, marketplace, currency, kind, is_preliminary, is_superseded, has_fees, has_payout)
    SELECT DISTINCT c.workspace_id, c.organization_id, c.connection_id, c.marketplace, c.currency, c.kind, c.is_preliminary, c.is_superseded, c.fees_minor <> 0, c.payout_minor IS NOT NULL FROM changed c
      WHERE NOT EXISTS (SELECT FROM sale_slice s WHERE s.workspace_id = c.workspace_id AND s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.organization_id = c.organization_id
        AND s.marketplace = c.marketplace AND s.currency = c.currency AND s.kind = c.kind AND s.is_preliminary = c.is_preliminary AND s.is_superseded = c.is_superseded
        AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL))
    ON CONFLICT DO NOTHING;

  WITH told AS (
    INSERT INTO sale_day_sum AS d (workspace_id, date, slice_id, lines, quantity, revenue_minor, fees_minor, payout_minor)
      SELECT c.workspace_id, c.date, s.id, sign * count(*), sign * sum(c.quantity), sign * sum(c.revenue_minor), sign * sum(c.fees_minor), sign * coalesce(sum(c.payout_minor), 0)
      FROM changed c JOIN sale_slice s USING (workspace_id, organization_id, marketplace, currency, kind, is_preliminary, is_superseded)
      WHERE s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (workspace_id, date, slice_id) DO UPDATE SET lines = d.lines + EXCLUDED.lines, quantity = d.quantity + EXCLUDED.quantity, revenue_minor = d.revenue_minor + EXCLUDED.revenue_minor,
        fees_minor = d.fees_minor + EXCLUDED.fees_minor, payout_minor = d.payout_minor + EXCLUDED.payout_minor
      RETURNING d.ctid AS place, d.lines)
    SELECT array_agg(t.place) INTO emptied FROM told t WHERE t.lines = 0;
  IF emptied IS NOT NULL THEN
    DELETE FROM sale_day_sum WHERE ctid = ANY(emptied);
  END IF;

  WITH told AS (
    INSERT INTO sale_product_sum AS p (workspace_id, months, starts_on, slice_id, product, lines, quantity, revenue_minor, fees_minor, payout_minor)
      SELECT m.workspace_id, g.months, date_trunc(g.unit, m.starts_at)::date, m.slice_id, m.product, sign * sum(m.lines), sign * sum(m.quantity), sign * sum(m.revenue_minor), sign * sum(m.fees_minor),
        sign * sum(m.payout_minor)
      FROM (SELECT c.workspace_id, date_trunc('month', c.date::timestamp) AS starts_at, s.id AS slice_id, coalesce(c.sku, c.offer_id, '') AS product, count(*) AS lines, sum(c.quantity) AS quantity,
            sum(c.revenue_minor) AS revenue_minor, sum(c.fees_minor) AS fees_minor, coalesce(sum(c.payout_minor), 0) AS payout_minor
          FROM changed c JOIN sale_slice s USING (workspace_id, organization_id, marketplace, currency, kind, is_preliminary, is_superseded)
          WHERE s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL)
          GROUP BY 1, 2, 3, 4) m
        CROSS JOIN (VALUES (1, 'month'), (3, 'quarter'), (12, 'year')) AS g(months, unit)
      GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT (workspace_id, months, starts_on, slice_id, product) DO UPDATE SET lines = p.lines + EXCLUDED.lines, quantity = p.quantity + EXCLUDED.quantity,
        revenue_minor = p.revenue_minor + EXCLUDED.revenue_minor, fees_minor = p.fees_minor + EXCLUDED.fees_minor, payout_minor = p.payout_minor + EXCLUDED.payout_minor
      RETURNING p.ctid AS place, p.lines)
    SELECT array_agg(t.place) INTO emptied FROM told t WHERE t.lines = 0;
  IF emptied IS NOT NULL THEN
    DELETE FROM sale_product_sum WHERE ctid = ANY(emptied);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION sale_sums_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE sale_slice, sale_day_sum, sale_product_sum;
  RETURN NULL;
END $$;

-- These lock the table against writers until the sums of what is there stand.
CREATE TRIGGER sale_sums_insert AFTER INSERT ON "sale_line" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sale_sums_follow('1');
CREATE TRIGGER sale_sums_update_add AFTER UPDATE ON "sale_line" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sale_sums_follow('1');
CREATE TRIGGER sale_sums_update_take AFTER UPDATE ON "sale_line" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sale_sums_follow('-1');
CREATE TRIGGER sale_sums_delete AFTER DELETE ON "sale_line" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sale_sums_follow('-1');
CREATE TRIGGER sale_sums_truncate AFTER TRUNCATE ON "sale_line" FOR EACH STATEMENT EXECUTE FUNCTION sale_sums_clear();

INSERT INTO sale_slice (workspace_id, organization_id, connection_id, marketplace, currency, kind, is_preliminary, is_superseded, has_fees, has_payout)
  SELECT DISTINCT workspace_id, organization_id, connection_id, marketplace, currency, kind, is_preliminary, is_superseded, fees_minor <> 0, payout_minor IS NOT NULL FROM sale_line;
INSERT INTO sale_day_sum (workspace_id, date, slice_id, lines, quantity, revenue_minor, fees_minor, payout_minor)
  SELECT c.workspace_id, c.date, s.id, count(*), sum(c.quantity), sum(c.revenue_minor), sum(c.fees_minor), coalesce(sum(c.payout_minor), 0)
  FROM sale_line c JOIN sale_slice s USING (workspace_id, organization_id, marketplace, currency, kind, is_preliminary, is_superseded)
  WHERE s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL)
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
INSERT INTO sale_product_sum (workspace_id, months, starts_on, slice_id, product, lines, quantity, revenue_minor, fees_minor, payout_minor)
  SELECT c.workspace_id, 1, date_trunc('month', c.date::timestamp)::date, s.id, coalesce(c.sku, c.offer_id, ''), count(*), sum(c.quantity), sum(c.revenue_minor), sum(c.fees_minor), coalesce(sum(c.payout_minor), 0)
  FROM sale_line c JOIN sale_slice s USING (workspace_id, organization_id, marketplace, currency, kind, is_preliminary, is_superseded)
  WHERE s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL)
  GROUP BY 1, 3, 4, 5 ORDER BY 1, 3, 4, 5;
INSERT INTO sale_product_sum (workspace_id, months, starts_on, slice_id, product, lines, quantity, revenue_minor, fees_minor, payout_minor)
  SELECT workspace_id, g.months, date_trunc(g.unit, starts_on::timestamp)::date, slice_id, product, sum(lines), sum(quantity), sum(revenue_minor), sum(fees_minor), sum(payout_minor)
  FROM sale_product_sum CROSS JOIN (VALUES (3, 'quarter'), (12, 'year')) AS g(months, unit)
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
