-- A notice may be about an order: a change of ours the service did not carry out.
ALTER TABLE "notice" ADD COLUMN "order_id" UUID;

-- Whether a service was told our address by itself, when it was last seen to push there, and why it could not be mended.
ALTER TABLE "connection" ADD COLUMN "pushes_subscribed_at" TIMESTAMPTZ(3), ADD COLUMN "pushes_checked_at" TIMESTAMPTZ(3), ADD COLUMN "pushes_error_code" TEXT;
