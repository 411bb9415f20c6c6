import type { RemoteWarehouse } from "./trade-schemas";

/** Delivery to a warehouse of Wildberries: the model whose orders we carry. */
const FBS = 1;

/**
 * The one warehouse whose stock is read and written. With several of them and none chosen nothing is written: the same pieces
 * would be promised twice, or the wrong shelf emptied.
 */
export function chooseWarehouse(warehouses: readonly RemoteWarehouse[], wanted: string): { readonly id: string } | { readonly code: string } {
  const usable = warehouses.filter((warehouse) => warehouse.isDeleting !== true);
  if (wanted !== "") return usable.some(({ id }) => id === wanted) ? { id: wanted } : { code: "wildberries.warehouse_unknown" };
  const own = usable.filter(({ deliveryType }) => deliveryType === FBS);
  const [only] = own;
  if (only === undefined) return { code: "wildberries.warehouse_none" };
  return own.length === 1 ? { id: only.id } : { code: "wildberries.warehouse_not_chosen" };
}
