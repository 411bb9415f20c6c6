import { defineConfig } from "prisma/config";

/** Prisma's own configuration: where the schema folder and the migrations live. The address of the database is given at run time by the adapter. */
const config = defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});

export default config;
