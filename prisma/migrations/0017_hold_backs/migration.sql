-- When the turnover guard's hold-back of a listing is over. It was found by the time of the sale, within ten minutes: a worker that stood
-- still longer left the wish too small until something else moved.
ALTER TABLE "product" ADD COLUMN "held_back_until" TIMESTAMPTZ(3);
CREATE INDEX "product_held_back_until_idx" ON "product"("held_back_until");
-- What is held back now is not known: everything pushed is looked at once.
UPDATE "product" SET "held_back_until" = now() WHERE "is_stock_pushed" AND "variant_id" IS NOT NULL;
