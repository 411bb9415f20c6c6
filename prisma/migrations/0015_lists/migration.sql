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
