import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";

const file = new URL("../../../../../../shared/specs/shopify-admin-introspection-2026-10.json.gz", import.meta.url);
let known: GraphQLSchema | undefined;

/** The published introspection of 2026-10 (npm `@shopify/dev-mcp` 1.16.0); undefined, with a word about it, where the file is not there. */
export function officialSchema(): GraphQLSchema | undefined {
  if (known !== undefined) return known;
  if (!existsSync(file)) {
    process.stdout.write("shopify: the introspection of 2026-10 is not here, nothing is validated against it\n");
    return undefined;
  }
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as { data: IntrospectionQuery };
  known = buildClientSchema(data);
  return known;
}
