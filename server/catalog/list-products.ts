import type { Scope } from "@/server/platform/transaction";
import { listProductRows } from "./repository";
import type { ListProductsInput, ProductView } from "./schema";

export async function listProducts(
  scope: Scope,
  input: ListProductsInput,
): Promise<{ products: ProductView[]; nextCursor: { name: string; id: string } | null }> {
  const rows = await listProductRows(scope, input);
  const products = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? products.at(-1) : undefined;
  return { products, nextCursor: last === undefined ? null : { name: last.name, id: last.id } };
}
