-- A notice may be about an order: a change of ours the service did not carry out.
ALTER TABLE "notice" ADD COLUMN "order_id" UUID;
