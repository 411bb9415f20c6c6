import { GraphQLError, type GraphQLResolveInfo, Kind } from "graphql";
import { executeBulk, runBulk } from "./bulk";
import { type Call, demand } from "./call";
import { badRequest } from "./connection";
import { queries, subscriptionView } from "./queries";
import { gid, idOf, nextId, type Variant } from "./state";
import { setAvailable } from "./trade";
import { levelView, productView, variantView } from "./views-goods";

interface UserError {
  readonly field: string[] | null;
  readonly message: string;
  readonly code?: string;
}

interface QuantityInput {
  inventoryItemId: string;
  locationId: string;
  quantity: number;
  changeFromQuantity?: number | null;
}

const MOST_ENTRIES = 250;
const HIGHEST = 1_000_000_000;
const REASONS = [
  "correction",
  "cycle_count_available",
  "received",
  "restock",
  "other",
  "shrinkage",
  "damaged",
  "promotion",
  "quality_control",
  "reservation_created",
];

/** The mandatory directive of mutations that must not be carried out twice. */
function keyOf(info: GraphQLResolveInfo): string {
  const directive = info.fieldNodes[0]?.directives?.find(({ name }) => name.value === "idempotent");
  const value = directive?.arguments?.find(({ name }) => name.value === "key")?.value;
  const key = value?.kind === Kind.VARIABLE ? info.variableValues[value.name.value] : value?.kind === Kind.STRING ? value.value : undefined;
  if (typeof key !== "string" || key === "") throw badRequest("The @idempotent directive is required for this mutation but was not provided.");
  return key;
}

/** The same key with the same input gives the same answer again; with another input a refusal. */
function once(
  call: Call,
  info: GraphQLResolveInfo,
  input: unknown,
  run: () => { answer: unknown; isDone: boolean },
  clash: (code: string, message: string) => unknown,
): unknown {
  const key = `${info.fieldName} ${keyOf(info)}`;
  const fingerprint = JSON.stringify(input);
  const known = call.shop.idempotent[key];
  if (known !== undefined && known.fingerprint !== fingerprint) {
    return clash("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The same idempotency key cannot be used with different operation parameters.");
  }
  if (known !== undefined) return known.answer;
  const { answer, isDone } = run();
  // What was refused left nothing behind: the key is free.
  if (isDone) call.shop.idempotent[key] = { fingerprint, answer };
  return answer;
}

function quantityError(call: Call, entry: QuantityInput, index: number, all: readonly QuantityInput[]): UserError | undefined {
  const at = (field: string, code: string, message: string): UserError => ({ field: ["input", "quantities", String(index), field], code, message });
  if (entry.changeFromQuantity === undefined) throw badRequest("changeFromQuantity must be given for every quantity; null skips the comparison.");
  const variant = variantOfItem(call, entry.inventoryItemId);
  if (variant === undefined) return at("inventoryItemId", "INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.");
  if (!variant.tracked) return at("inventoryItemId", "NON_MUTABLE_INVENTORY_ITEM", "The specified inventory item is not allowed to be adjusted.");
  const level = variant.levels.find(({ locationId }) => gid("Location", locationId) === entry.locationId);
  if (level === undefined) return at("locationId", "INVALID_LOCATION", "The specified location could not be found.");
  if (entry.quantity < 0) return at("quantity", "INVALID_QUANTITY_NEGATIVE", "The quantity can't be negative.");
  if (entry.quantity > HIGHEST) return at("quantity", "INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.");
  if (all.findIndex((other) => other.inventoryItemId === entry.inventoryItemId && other.locationId === entry.locationId) !== index)
    return at("inventoryItemId", "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "The combination of inventoryItemId and locationId must be unique.");
  if (entry.changeFromQuantity !== null && entry.changeFromQuantity !== level.available)
    return at("changeFromQuantity", "CHANGE_FROM_QUANTITY_STALE", "The changeFromQuantity argument no longer matches the persisted quantity.");
  return undefined;
}

const variantOfItem = ({ shop }: Call, id: string): Variant | undefined => shop.variants.find((candidate) => gid("InventoryItem", candidate.itemId) === id);

interface PriceInput {
  id?: string | null;
  price?: string | null;
  compareAtPrice?: string | null;
}

function priceError(variant: Variant | undefined, isOfProduct: boolean, { price }: PriceInput, index: number): UserError | undefined {
  const at = (field: string, code: string, message: string): UserError => ({ field: ["variants", String(index), field], code, message });
  if (variant === undefined) return at("id", "PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist");
  if (!isOfProduct) return at("id", "MUST_BE_FOR_THIS_PRODUCT", "Product variant is not for this product");
  if (price !== null && price !== undefined && !/^\d+(\.\d+)?$/.test(price))
    return at("price", price.startsWith("-") ? "NEGATIVE_PRICE_VALUE" : "INVALID_VALUE", "Price must be greater than or equal to 0");
  return undefined;
}

/** Goods, bulk operations and subscriptions. */
export const goodsMutations = {
  inventorySetQuantities(
    { input }: { input: { name: string; reason: string; referenceDocumentUri?: string | null; quantities: QuantityInput[] } },
    call: Call,
    info: GraphQLResolveInfo,
  ) {
    demand(call, "inventorySetQuantities", "write_inventory");
    const refused = (userErrors: UserError[]) => ({ inventoryAdjustmentGroup: null, userErrors });
    if (input.quantities.length > MOST_ENTRIES)
      throw new GraphQLError(`The input array size of ${input.quantities.length} is greater than the maximum allowed of ${MOST_ENTRIES}.`, {
        extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
      });
    return once(
      call,
      info,
      input,
      () => {
        const general: UserError[] = [
          ...(["available", "on_hand"].includes(input.name)
            ? []
            : [{ field: ["input", "name"], code: "INVALID_NAME", message: "The specified quantity name is invalid." }]),
          ...(REASONS.includes(input.reason) ? [] : [{ field: ["input", "reason"], code: "INVALID_REASON", message: "The specified reason is invalid." }]),
        ];
        const errors = [...general, ...input.quantities.flatMap((entry, index) => quantityError(call, entry, index, input.quantities) ?? [])];
        if (errors.length > 0) return { answer: refused(errors), isDone: false };
        for (const entry of input.quantities) {
          const variant = variantOfItem(call, entry.inventoryItemId);
          if (variant !== undefined) setAvailable(call.state, call.shop, variant, idOf("Location", entry.locationId), entry.quantity);
        }
        const group = {
          id: `gid://shopify/InventoryAdjustmentGroup/${nextId(call.state)}`,
          createdAt: call.state.host.clock.now().toISOString(),
          reason: input.reason,
          referenceDocumentUri: null,
        };
        return { answer: { inventoryAdjustmentGroup: group, userErrors: [] }, isDone: true };
      },
      (code, message) => refused([{ field: null, code, message }]),
    );
  },

  inventoryActivate(input: { inventoryItemId: string; locationId: string; available?: number | null }, call: Call, info: GraphQLResolveInfo) {
    demand(call, "inventoryActivate", "write_inventory");
    const refused = (message: string) => ({ inventoryLevel: null, userErrors: [{ field: null, message }] });
    return once(
      call,
      info,
      input,
      () => {
        const variant = variantOfItem(call, input.inventoryItemId);
        const location = call.shop.locations.find(({ id }) => gid("Location", id) === input.locationId);
        if (variant === undefined) return { answer: refused("Inventory item does not exist"), isDone: false };
        if (location === undefined) return { answer: refused("Location does not exist"), isDone: false };
        const known = variant.levels.find(({ locationId }) => locationId === location.id);
        const level = known ?? { locationId: location.id, available: input.available ?? 0, committed: 0 };
        if (known === undefined) variant.levels.push(level);
        return { answer: { inventoryLevel: { id: (levelView(call, variant, level) as { id: string }).id }, userErrors: [] }, isDone: true };
      },
      (_, message) => refused(message),
    );
  },

  productVariantsBulkUpdate(
    { productId, variants, allowPartialUpdates }: { productId: string; variants: PriceInput[]; allowPartialUpdates: boolean },
    call: Call,
  ) {
    demand(call, "productVariantsBulkUpdate", "write_products");
    const product = call.shop.products.find((candidate) => gid("Product", candidate.id) === productId);
    if (product === undefined)
      return {
        product: null,
        productVariants: null,
        userErrors: [{ field: ["productId"], code: "PRODUCT_DOES_NOT_EXIST", message: "Product does not exist" }],
      };
    const found = variants.map((input) => call.shop.variants.find((candidate) => gid("ProductVariant", candidate.id) === input.id));
    const errors = variants.map((input, index) => priceError(found[index], found[index]?.productId === product.id, input, index));
    const userErrors = errors.filter((error) => error !== undefined);
    const nowMs = call.state.host.clock.nowMs();
    const taken = variants.flatMap((input, index) => {
      const variant = found[index];
      if (variant === undefined || errors[index] !== undefined || (userErrors.length > 0 && !allowPartialUpdates)) return [];
      if (input.price !== null && input.price !== undefined) variant.priceMinor = Math.round(Number(input.price) * 100);
      if (input.compareAtPrice !== undefined) variant.compareAtMinor = input.compareAtPrice === null ? null : Math.round(Number(input.compareAtPrice) * 100);
      variant.updatedAtMs = nowMs;
      return [variant];
    });
    if (taken.length > 0) {
      product.updatedAtMs = nowMs;
      call.state.onEvent(call.shop, "products/update", {
        id: product.id,
        admin_graphql_api_id: productId,
        title: product.title,
        updated_at: new Date(nowMs).toISOString(),
      });
    }
    return { product: productView(call, product), productVariants: taken.map((variant) => variantView(call, variant)), userErrors };
  },

  bulkOperationRunQuery: (input: { query: string; groupObjects: boolean }, call: Call) =>
    runBulk(call, input, (document, bulk) => executeBulk(document, bulk, queries)),

  webhookSubscriptionCreate(
    { topic, webhookSubscription: wanted }: { topic: string; webhookSubscription: { uri?: string | null; format?: string | null; filter?: string | null } },
    { state, shop }: Call,
  ) {
    const refused = (message: string) => ({ webhookSubscription: null, userErrors: [{ field: ["webhookSubscription", "uri"], message }] });
    const uri = wanted.uri ?? "";
    if (!URL.canParse(uri) || !/^https?:$/.test(new URL(uri).protocol)) return refused("Address is invalid");
    if (shop.subscriptions.some((entry) => entry.topic === topic && entry.uri === uri)) return refused("Address for this topic has already been taken");
    const made = { id: nextId(state), topic, uri, filter: wanted.filter ?? null, createdAtMs: state.host.clock.nowMs(), failures: 0 };
    shop.subscriptions.push(made);
    return { webhookSubscription: subscriptionView(made), userErrors: [] };
  },

  webhookSubscriptionDelete({ id }: { id: string }, { shop }: Call) {
    const index = shop.subscriptions.findIndex((entry) => gid("WebhookSubscription", entry.id) === id);
    if (index === -1) return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ["id"], message: "Webhook subscription does not exist" }] };
    shop.subscriptions.splice(index, 1);
    return { deletedWebhookSubscriptionId: id, userErrors: [] };
  },
};
