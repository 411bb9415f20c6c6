import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";

/**
 * The part of the Admin schema of 2026-10 that is served, as published: `schema.graphql` is cut out of the official introspection by a list
 * of types and fields made from the sheet, wider than any one client. Documents are validated against it as the service does.
 */
export const shopifySchema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));
