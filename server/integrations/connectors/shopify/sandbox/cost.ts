import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { shopifySchema } from "./schema";

const MUTATION_BASE = 10;

/** What a document may cost at most: objects 1, connections as many as asked for, mutations 10 before what they give back. */
export function requestedCost(document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map(document.definitions.flatMap((entry) => (entry.kind === Kind.FRAGMENT_DEFINITION ? [[entry.name.value, entry] as const] : [])));
  const root = operation.operation === "mutation" ? shopifySchema.getMutationType() : shopifySchema.getQueryType();
  if (root === null || root === undefined) return 0;
  const walk = new Walk(fragments, variables);
  return Math.max(
    1,
    operation.operation === "mutation" ? MUTATION_BASE * operation.selectionSet.selections.length : walk.selection(root, operation.selectionSet),
  );
}

class Walk {
  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  selection(type: GraphQLObjectType, set: SelectionSetNode): number {
    return set.selections.reduce((sum, entry) => {
      if (entry.kind === Kind.FIELD) return sum + this.field(type, entry);
      if (entry.kind === Kind.INLINE_FRAGMENT) return sum + this.selection(type, entry.selectionSet);
      const fragment = this.fragments.get(entry.name.value);
      return sum + (fragment === undefined ? 0 : this.selection(type, fragment.selectionSet));
    }, 0);
  }

  private field(parent: GraphQLObjectType, node: FieldNode): number {
    const field = parent.getFields()[node.name.value];
    if (field === undefined || node.selectionSet === undefined) return 0;
    const named = getNamedType(field.type);
    if (!isCompositeType(named)) return 0;
    if (named.name === "PageInfo") return 0;
    // Of an interface the dearest branch counts; here they are all alike.
    const type = isObjectType(named) ? named : shopifySchema.getPossibleTypes(named)[0];
    if (type === undefined) return 1;
    const children = this.selection(type, node.selectionSet);
    if (named.name.endsWith("Connection")) return Math.max(1, this.size(node) * children);
    if (named.name.endsWith("Edge")) return children;
    return isListType(getNullableType(field.type)) && field.args.some((arg) => arg.name === "first") ? this.size(node) * (1 + children) : 1 + children;
  }

  private size(node: FieldNode): number {
    const told = node.arguments?.find((entry) => entry.name.value === "first" || entry.name.value === "last")?.value;
    return told === undefined ? 10 : this.number(told);
  }

  private number(value: ValueNode): number {
    if (value.kind === Kind.INT) return Number(value.value);
    const variable = value.kind === Kind.VARIABLE ? this.variables[value.name.value] : undefined;
    return typeof variable === "number" ? variable : 10;
  }
}

/** What it did cost: the objects that came. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, entry) => sum + actualCost(entry), 0);
  if (typeof data !== "object" || data === null) return 0;
  return Object.entries(data).reduce((sum, [key, value]) => sum + (key === "pageInfo" ? 0 : actualCost(value)), 1);
}
