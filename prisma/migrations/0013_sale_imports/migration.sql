-- Files people bring sales in: what each brought, so that it can be seen and taken back as a whole.

CREATE TABLE "sale_import" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "imported_by_id" UUID NOT NULL,
    "rows" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,
    "known" INTEGER NOT NULL,
    "possible_duplicates" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "totals" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" UUID,

    CONSTRAINT "sale_import_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "sale_import_workspace_id_created_at_id_idx" ON "sale_import"("workspace_id", "created_at" DESC, "id" DESC);
CREATE INDEX "sale_import_workspace_id_file_hash_idx" ON "sale_import"("workspace_id", "file_hash");

SELECT karavan_isolate('sale_import');

ALTER TABLE "sale_line" ADD COLUMN "import_id" UUID, ADD COLUMN "import_key" TEXT;

-- Partial: of millions of lines few come from files. Uniqueness is what makes a file that comes twice harmless.
CREATE UNIQUE INDEX "sale_line_import_key" ON "sale_line"("workspace_id", "import_key") WHERE "import_key" IS NOT NULL;
CREATE INDEX "sale_line_import" ON "sale_line"("import_id") WHERE "import_id" IS NOT NULL;
CREATE INDEX "sale_line_twin" ON "sale_line"("possible_duplicate_of_id") WHERE "possible_duplicate_of_id" IS NOT NULL;
