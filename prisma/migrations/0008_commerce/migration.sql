-- Orders, variants with stock and prices, sealed short-lived tokens, attempts and alerts of deliveries, keys for machines.

ALTER TABLE "sale_line" ADD COLUMN "settlement_key" TEXT, ADD COLUMN "is_superseded" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN "sub_path" TEXT NOT NULL DEFAULT '';
ALTER TABLE "product"
  ADD COLUMN "barcodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "group_ref" TEXT,
  ADD COLUMN "variant_name" TEXT,
  ADD COLUMN "status" TEXT,
  ADD COLUMN "url" TEXT,
  ADD COLUMN "remote_context" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "source_version_at" TIMESTAMPTZ(3),
  ADD COLUMN "remote_stock" INTEGER,
  ADD COLUMN "remote_reserved" INTEGER,
  ADD COLUMN "marketplace_stock" INTEGER,
  ADD COLUMN "remote_price_minor" BIGINT,
  ADD COLUMN "remote_old_minor" BIGINT,
  ADD COLUMN "currency" TEXT,
  ADD COLUMN "variant_id" UUID,
  ADD COLUMN "matched_by" TEXT,
  ADD COLUMN "buffer" INTEGER,
  ADD COLUMN "is_stock_pushed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "wanted_stock" INTEGER,
  ADD COLUMN "stock_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "acked_stock" INTEGER,
  ADD COLUMN "acked_stock_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "acked_stock_at" TIMESTAMPTZ(3),
  ADD COLUMN "wanted_price_minor" BIGINT,
  ADD COLUMN "wanted_old_minor" BIGINT,
  ADD COLUMN "price_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "acked_price_minor" BIGINT,
  ADD COLUMN "acked_price_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "acked_price_at" TIMESTAMPTZ(3);

DROP INDEX IF EXISTS "product_workspace_id_name_idx";

CREATE INDEX "product_connection_id_offer_id_idx" ON "product"("connection_id", "offer_id");
CREATE INDEX "product_workspace_id_name_id_idx" ON "product"("workspace_id", "name", "id");
CREATE INDEX "product_workspace_id_variant_id_idx" ON "product"("workspace_id", "variant_id");
CREATE INDEX "sale_line_connection_id_settlement_key_idx" ON "sale_line"("connection_id", "settlement_key");

CREATE TYPE "order_state" AS ENUM ('new', 'confirmed', 'packed', 'shipped', 'delivered', 'cancelled', 'returned', 'unknown');

CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotent_request" (
    "workspace_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("token_id","key")
);

CREATE TABLE "variant" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "group_name" TEXT,
    "image_url" TEXT,
    "barcodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "on_hand" INTEGER,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "stock_reservation" (
    "order_line_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_reservation_pkey" PRIMARY KEY ("order_line_id")
);

CREATE TABLE "stock_movement" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "variant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "on_hand_after" INTEGER NOT NULL,
    "order_id" UUID,
    "actor_id" UUID,
    "note" TEXT,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "offer_push" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "quantity" INTEGER,
    "price_minor" BIGINT,
    "old_minor" BIGINT,
    "state" TEXT NOT NULL,
    "tracking" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_text" TEXT,

    CONSTRAINT "offer_push_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "stock_rule" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "buffer" INTEGER NOT NULL DEFAULT 0,
    "turnover_percent" INTEGER NOT NULL DEFAULT 100,
    "cap" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_rule_pkey" PRIMARY KEY ("connection_id")
);

CREATE TABLE "delivery_attempt" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "error_code" TEXT,
    "error_text" TEXT,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "connection_token" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "vault_key_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_token_pkey" PRIMARY KEY ("connection_id","name")
);

CREATE TABLE "connection_alert" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_alert_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sales_order" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "group_number" TEXT,
    "fulfilment" TEXT NOT NULL,
    "state" "order_state" NOT NULL,
    "remote_state" TEXT NOT NULL,
    "remote_state_name" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "source_version_at" TIMESTAMPTZ(3) NOT NULL,
    "source_hash" TEXT NOT NULL,
    "ship_by" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "shipped_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "payment" TEXT,
    "buyer_ref" TEXT,
    "buyer_name" TEXT,
    "buyer_phone" TEXT,
    "buyer_email" TEXT,
    "city" TEXT,
    "address" TEXT,
    "delivery_method" TEXT,
    "carrier" TEXT,
    "tracking_number" TEXT,
    "shipment_status" TEXT,
    "shipment_status_code" TEXT,
    "shipment_status_updated_at" TIMESTAMPTZ(3),
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "pieces" INTEGER NOT NULL,
    "comment" TEXT,
    "note" TEXT,
    "remote_context" JSONB NOT NULL DEFAULT '{}',
    "is_short" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sales_order_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "order_line" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT,
    "offer_id" TEXT,
    "product_external_id" TEXT,
    "barcode" TEXT,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "cancelled_quantity" INTEGER NOT NULL DEFAULT 0,
    "price_minor" BIGINT NOT NULL,
    "variant_id" UUID,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "order_event" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "order_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "order_change" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "transition_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "to_state" "order_state",
    "fields" JSONB NOT NULL DEFAULT '{}',
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "send_state" NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "checks" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_params" JSONB NOT NULL DEFAULT '{}',
    "error_text" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_change_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "order_state_mapping" (
    "connection_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "remote_state" TEXT NOT NULL,
    "state" "order_state" NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_state_mapping_pkey" PRIMARY KEY ("connection_id","remote_state")
);

CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

CREATE INDEX "api_token_workspace_id_created_at_idx" ON "api_token"("workspace_id", "created_at" DESC);

CREATE INDEX "idempotent_request_created_at_idx" ON "idempotent_request"("created_at");

CREATE INDEX "variant_workspace_id_name_id_idx" ON "variant"("workspace_id", "name", "id");

CREATE UNIQUE INDEX "variant_workspace_id_sku_key" ON "variant"("workspace_id", "sku");

CREATE INDEX "stock_reservation_variant_id_state_idx" ON "stock_reservation"("variant_id", "state");

CREATE INDEX "stock_reservation_workspace_id_order_id_idx" ON "stock_reservation"("workspace_id", "order_id");

CREATE INDEX "stock_movement_variant_id_at_id_idx" ON "stock_movement"("variant_id", "at" DESC, "id" DESC);

CREATE INDEX "offer_push_connection_id_kind_state_idx" ON "offer_push"("connection_id", "kind", "state");

CREATE INDEX "offer_push_connection_id_requested_at_idx" ON "offer_push"("connection_id", "requested_at" DESC);

CREATE UNIQUE INDEX "offer_push_product_id_kind_version_key" ON "offer_push"("product_id", "kind", "version");

CREATE UNIQUE INDEX "delivery_attempt_delivery_id_number_key" ON "delivery_attempt"("delivery_id", "number");

CREATE INDEX "connection_token_vault_key_id_idx" ON "connection_token"("vault_key_id");

CREATE INDEX "connection_alert_workspace_id_opened_at_idx" ON "connection_alert"("workspace_id", "opened_at" DESC);

CREATE INDEX "sales_order_workspace_id_placed_at_id_idx" ON "sales_order"("workspace_id", "placed_at" DESC, "id" DESC);

CREATE INDEX "sales_order_workspace_id_state_placed_at_id_idx" ON "sales_order"("workspace_id", "state", "placed_at" DESC, "id" DESC);

CREATE INDEX "sales_order_workspace_id_connection_id_placed_at_id_idx" ON "sales_order"("workspace_id", "connection_id", "placed_at" DESC, "id" DESC);

CREATE INDEX "sales_order_workspace_id_ship_by_idx" ON "sales_order"("workspace_id", "ship_by");

CREATE INDEX "sales_order_workspace_id_number_idx" ON "sales_order"("workspace_id", "number");

CREATE INDEX "sales_order_workspace_id_group_number_idx" ON "sales_order"("workspace_id", "group_number");

CREATE INDEX "sales_order_workspace_id_tracking_number_idx" ON "sales_order"("workspace_id", "tracking_number");

CREATE UNIQUE INDEX "sales_order_connection_id_external_id_key" ON "sales_order"("connection_id", "external_id");

CREATE INDEX "order_line_workspace_id_variant_id_idx" ON "order_line"("workspace_id", "variant_id");

CREATE INDEX "order_line_workspace_id_sku_idx" ON "order_line"("workspace_id", "sku");

CREATE UNIQUE INDEX "order_line_order_id_external_id_key" ON "order_line"("order_id", "external_id");

CREATE INDEX "order_event_order_id_at_id_idx" ON "order_event"("order_id", "at" DESC, "id" DESC);

CREATE INDEX "order_change_order_id_requested_at_idx" ON "order_change"("order_id", "requested_at" DESC);

CREATE INDEX "order_change_state_next_at_idx" ON "order_change"("state", "next_at");

ALTER TABLE "stock_reservation" ADD CONSTRAINT "stock_reservation_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "offer_push" ADD CONSTRAINT "offer_push_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "sales_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "order_event" ADD CONSTRAINT "order_event_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "sales_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "order_change" ADD CONSTRAINT "order_change_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "sales_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "product" ADD CONSTRAINT "product_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "variant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The net under the arithmetic of stock.
ALTER TABLE "variant" ADD CONSTRAINT "variant_reserved_not_negative" CHECK ("reserved" >= 0);
ALTER TABLE "variant" ADD CONSTRAINT "variant_on_hand_not_negative" CHECK ("on_hand" >= 0);
ALTER TABLE "stock_reservation" ADD CONSTRAINT "stock_reservation_positive" CHECK ("quantity" > 0);
ALTER TABLE "product" ADD CONSTRAINT "product_wanted_not_negative" CHECK ("wanted_stock" >= 0);

-- What is wanted and not acknowledged yet: the work list of every push.
CREATE INDEX "product_stock_due" ON "product"("connection_id") WHERE "is_stock_pushed" AND "stock_version" > "acked_stock_version";
CREATE INDEX "product_price_due" ON "product"("connection_id") WHERE "price_version" > "acked_price_version";
CREATE INDEX "product_barcodes" ON "product" USING gin ("barcodes");
CREATE INDEX "variant_barcodes" ON "variant" USING gin ("barcodes");
-- One alert of a kind is open at a time.
CREATE UNIQUE INDEX "connection_alert_one_open" ON "connection_alert"("connection_id", "subject") WHERE "resolved_at" IS NULL;

SELECT karavan_isolate('sales_order');
SELECT karavan_isolate('order_line');
SELECT karavan_isolate('order_event');
SELECT karavan_isolate('order_change');
SELECT karavan_isolate('order_state_mapping');
SELECT karavan_isolate('variant');
SELECT karavan_isolate('stock_reservation');
SELECT karavan_isolate('stock_movement');
SELECT karavan_isolate('offer_push');
SELECT karavan_isolate('stock_rule');
SELECT karavan_isolate('delivery_attempt');
SELECT karavan_isolate('connection_token');
SELECT karavan_isolate('connection_alert');
SELECT karavan_isolate('api_token');
SELECT karavan_isolate('idempotent_request');
