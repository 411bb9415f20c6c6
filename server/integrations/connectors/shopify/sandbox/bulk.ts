import { type DocumentNode, execute, type FieldNode, Kind, parse, type SelectionSetNode, validate } from "graphql";
import type { Call } from "./call";
import { shopifySchema } from "./schema";
import { type BulkOperation, gid, iso, nextId } from "./state";

const MOST_AT_ONCE = 5;
const MOST_CONNECTIONS = 5;
const DEEPEST = 2;
export const RESULT_HOST = "https://storage.googleapis.com";

interface UserError {
  readonly field: string[] | null;
  readonly message: string;
  readonly code: string;
}

/** Bulk operations: accepted or refused at once, carried out after a while, the result a file of lines at another host. */
export function runBulk(
  call: Call,
  input: { query: string; groupObjects: boolean },
  execution: (document: DocumentNode, bulk: Call) => unknown,
): { bulkOperation: unknown; userErrors: UserError[] } {
  const { state, shop } = call;
  const refused = (message: string, code = "INVALID") => ({ bulkOperation: null, userErrors: [{ field: ["query"], message, code }] });
  const running = shop.operations.filter(({ status }) => status === "CREATED" || status === "RUNNING");
  if (running.length >= MOST_AT_ONCE) return refused("The maximum number of concurrent bulk operations has been reached.", "LIMIT_REACHED");
  const checked = check(input.query);
  if (typeof checked === "string") return refused(checked);
  const operation: BulkOperation = {
    id: nextId(state),
    query: input.query,
    status: "CREATED",
    errorCode: null,
    grouped: input.groupObjects,
    createdAtMs: state.host.clock.nowMs(),
    completedAtMs: null,
    objectCount: 0,
    rootObjectCount: 0,
    result: "",
  };
  shop.operations.push(operation);
  state.host.clock.after(state.settings.bulkMs / 2, () => {
    if (operation.status === "CREATED") operation.status = "RUNNING";
  });
  state.host.clock.after(state.settings.bulkMs, () => {
    if (operation.status === "RUNNING") finish(call, operation, checked, execution);
  });
  return { bulkOperation: bulkView(operation), userErrors: [] };
}

/** @returns the sentence it is refused with, or the document. */
function check(query: string): DocumentNode | string {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return `Invalid bulk query: ${error instanceof Error ? error.message : "syntax"}`;
  }
  const [error] = validate(shopifySchema, document);
  if (error !== undefined) return `Invalid bulk query: ${error.message}`;
  const [operation] = document.definitions;
  if (document.definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return "Bulk queries must contain exactly one operation.";
  if (operation.selectionSet.selections.length !== 1) return "Bulk queries must have a single top-level field.";
  const depths = connectionDepths(operation.selectionSet, 0);
  if (depths.length === 0) return "Bulk queries must contain at least one connection.";
  if (depths.length > MOST_CONNECTIONS) return "Bulk queries cannot contain more than 5 connections.";
  return Math.max(...depths) > DEEPEST ? "Bulk queries cannot contain connections with a nesting depth greater than 2." : document;
}

const fieldsOf = (set: SelectionSetNode | undefined): FieldNode[] => (set?.selections ?? []).filter((entry): entry is FieldNode => entry.kind === Kind.FIELD);
const isConnection = (node: FieldNode) => fieldsOf(node.selectionSet).some(({ name }) => name.value === "edges" || name.value === "nodes");

function connectionDepths(set: SelectionSetNode | undefined, depth: number): number[] {
  return fieldsOf(set).flatMap((node) => {
    const own = isConnection(node) ? depth + 1 : depth;
    return [...(isConnection(node) ? [own] : []), ...connectionDepths(node.selectionSet, own)];
  });
}

function finish(call: Call, operation: BulkOperation, document: DocumentNode, execution: (document: DocumentNode, bulk: Call) => unknown): void {
  operation.completedAtMs = call.state.host.clock.nowMs();
  const data = execution(document, { ...call, isBulk: true });
  if (typeof data !== "object" || data === null) {
    operation.status = "FAILED";
    operation.errorCode = "ACCESS_DENIED";
    return;
  }
  const [definition] = document.definitions;
  const set = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
  const rows = fieldsOf(set).flatMap((node) => connectionRows(node, (data as Record<string, unknown>)[node.name.value], undefined));
  const isRoot = (row: Row) => !("__parentId" in row);
  operation.status = "COMPLETED";
  operation.objectCount = rows.length;
  operation.rootObjectCount = rows.filter(isRoot).length;
  // Ungrouped, children may stand anywhere behind their parents.
  const ordered = operation.grouped ? rows : [...rows.filter(isRoot), ...rows.filter((row) => !isRoot(row))];
  operation.result = ordered.map((row) => `${JSON.stringify(row)}\n`).join("");
}

type Row = Record<string, unknown>;

function connectionRows(node: FieldNode, value: unknown, parentId: unknown): Row[] {
  const under = fieldsOf(node.selectionSet);
  const edges = under.find(({ name }) => name.value === "edges");
  const inner = edges === undefined ? under.find(({ name }) => name.value === "nodes") : fieldsOf(edges.selectionSet).find(({ name }) => name.value === "node");
  const found = value as { edges?: { node: Row }[]; nodes?: Row[] } | null;
  const items = found?.edges?.map((edge) => edge.node) ?? found?.nodes ?? [];
  return items.flatMap((item) => {
    const row: Row = {};
    const children: Row[] = [];
    for (const field of fieldsOf(inner?.selectionSet)) {
      const name = field.alias?.value ?? field.name.value;
      if (isConnection(field)) children.push(...connectionRows(field, item[name], item["id"]));
      else row[name] = item[name];
    }
    if (parentId !== undefined) row["__parentId"] = parentId;
    return [row, ...children];
  });
}

export function bulkView(operation: BulkOperation): unknown {
  const isDone = operation.status === "COMPLETED";
  return {
    id: gid("BulkOperation", operation.id),
    status: operation.status,
    errorCode: operation.errorCode,
    createdAt: iso(operation.createdAtMs),
    completedAt: operation.completedAtMs === null ? null : iso(operation.completedAtMs),
    objectCount: String(operation.objectCount),
    rootObjectCount: String(operation.rootObjectCount),
    fileSize: isDone && operation.result !== "" ? String(Buffer.byteLength(operation.result)) : null,
    url:
      isDone && operation.result !== ""
        ? `${RESULT_HOST}/shopify-tiers-assets/bulk-${operation.id}.jsonl?Expires=${operation.createdAtMs}&Signature=sandbox`
        : null,
    partialDataUrl: null,
    type: "QUERY",
    query: operation.query,
  };
}

/** Runs a document for a bulk operation. @returns its data, or null when anything in it was refused. */
export function executeBulk(document: DocumentNode, call: Call, rootValue: unknown): unknown {
  const result = execute({ schema: shopifySchema, document, rootValue, contextValue: call });
  if (result instanceof Promise) throw new Error("resolvers of the simulator answer at once");
  return (result.errors?.length ?? 0) > 0 ? null : result.data;
}
