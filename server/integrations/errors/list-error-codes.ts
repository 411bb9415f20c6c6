import type { ErrorCode } from "../contract/error-codes";
import { listConnectors } from "../registry";
import { HOUSE_CODES } from "./house-codes";

export interface ListedError {
  readonly code: string;
  /** A connector's id, or null for what comes with every system. */
  readonly system: string | null;
  readonly label: string | null;
  readonly says: readonly string[];
  readonly status: number | null;
  /** Where its cause and remedy stand, most particular first: `<namespace>.<key>` of the catalogue of errors. */
  readonly explainedBy: readonly string[];
}

export const SHARED_EXPLANATIONS = "shared";

/** Every code a connector or the house itself raises around a connection, system by system. */
export function listErrorCodes(): ListedError[] {
  const ofConnectors = listConnectors().flatMap(({ id, label, errors }) => entriesOf(id, errors, id, label));
  const ofHouse = Object.entries(HOUSE_CODES).flatMap(([namespace, codes]) => entriesOf(namespace, codes, null, null));
  return [...ofConnectors, ...ofHouse];
}

function entriesOf(namespace: string, codes: Readonly<Record<string, ErrorCode>>, system: string | null, label: string | null): ListedError[] {
  return Object.entries(codes).map(([name, { says, status, like }]) => ({
    code: `${namespace}.${name}`,
    system,
    label,
    says: says ?? [],
    status: status ?? null,
    explainedBy: like === undefined ? [`${namespace}.${name}`] : [`${namespace}.${like}`, `${SHARED_EXPLANATIONS}.${like}`],
  }));
}
