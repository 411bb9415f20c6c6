-- Pushes that wait are worked off by whoever comes first (docs/decisions/0017-the-bell.md). What waits now has an event of its own.
ALTER TABLE "delivery" ADD COLUMN "burst_id" UUID;
CREATE INDEX "delivery_waiting" ON "delivery" ("connection_id", "received_at", "id") WHERE "status" = 'stored' AND "burst_id" IS NULL;
CREATE INDEX "delivery_under_way" ON "delivery" ("burst_id") WHERE "burst_id" IS NOT NULL AND "status" IN ('stored', 'failed');
-- Of a status only trouble is looked for across connections; what waits, and what is done, needs no entry.
DROP INDEX "delivery_status_received_at_idx";
CREATE INDEX "delivery_trouble" ON "delivery" ("status", "received_at") WHERE "status" IN ('dead', 'failed');

-- A row is rewritten with every burst and its key never changes: room for it on its own page.
CREATE TABLE "delivery_bell" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "is_rung" BOOLEAN NOT NULL,

    CONSTRAINT "delivery_bell_pkey" PRIMARY KEY ("connection_id"),
    CONSTRAINT "delivery_bell_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 50);
SELECT karavan_isolate('delivery_bell');
