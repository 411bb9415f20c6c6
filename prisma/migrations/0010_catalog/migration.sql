-- Articles as they are compared, order lines that wait for their variant, and when shelves and services last told their figures.

ALTER TABLE "product" ADD COLUMN "article" TEXT, ADD COLUMN "stock_told_at" TIMESTAMPTZ(3);
ALTER TABLE "variant" ADD COLUMN "article" TEXT, ADD COLUMN "counted_at" TIMESTAMPTZ(3);
UPDATE "product" SET "article" = lower(regexp_replace(btrim("offer_id"), '\s+', ' ', 'g')) WHERE btrim("offer_id") <> '';
UPDATE "variant" SET "article" = lower(regexp_replace(btrim("sku"), '\s+', ' ', 'g'));
ALTER TABLE "variant" ALTER COLUMN "article" SET NOT NULL;

CREATE INDEX "product_workspace_id_article_idx" ON "product"("workspace_id", "article");
CREATE UNIQUE INDEX "variant_workspace_id_article_key" ON "variant"("workspace_id", "article");

ALTER TABLE "stock_reservation"
  ALTER COLUMN "variant_id" DROP NOT NULL,
  ADD COLUMN "connection_id" UUID NOT NULL,
  ADD COLUMN "product_external_id" TEXT,
  ADD COLUMN "sku" TEXT,
  ADD COLUMN "offer_id" TEXT,
  ADD COLUMN "barcode" TEXT,
  ADD COLUMN "reserved_at" TIMESTAMPTZ(3);
CREATE INDEX "stock_reservation_reserved_at_idx" ON "stock_reservation"("reserved_at");
-- Lines that wait for their variant: looked through whenever something was matched.
CREATE INDEX "stock_reservation_waiting" ON "stock_reservation"("workspace_id") WHERE "state" = 'waiting';
ALTER TABLE "stock_reservation" ADD CONSTRAINT "stock_reservation_held_of_variant" CHECK ("state" <> 'held' OR "variant_id" IS NOT NULL);
