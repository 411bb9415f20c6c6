import { type DocumentNode, type ExecutionResult, execute, GraphQLError, getOperationAST, parse, validate } from "graphql";
import { z } from "zod";
import type { Call } from "./call";
import { actualCost, requestedCost } from "./cost";
import type { Cost, Gate } from "./gate";
import { goodsMutations } from "./mutations-goods";
import { orderMutations } from "./mutations-orders";
import { queries } from "./queries";
import { shopifySchema } from "./schema";
import type { Shop, ShopifyState } from "./state";

const bodySchema = z.looseObject({ query: z.string(), operationName: z.string().nullish(), variables: z.record(z.string(), z.unknown()).nullish() });
const rootValue = { ...queries, ...orderMutations, ...goodsMutations };

/** One GraphQL request over the served part of the schema, answered with status 200 whatever it was: problems are in `errors`. */
export function answerGraphql(state: ShopifyState, gate: Gate, shop: Shop, text: string): unknown {
  const body = bodySchema.safeParse(jsonOf(text));
  if (!body.success) return failed(new GraphQLError("Required parameter missing or invalid", { extensions: { code: "BAD_REQUEST" } }));
  const { query, operationName, variables } = body.data;
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return failed(error instanceof GraphQLError ? error : new GraphQLError(String(error)));
  }
  const problems = validate(shopifySchema, document);
  if (problems.length > 0) return { errors: problems.map((problem) => ({ ...problem.toJSON(), extensions: { code: "undefinedField" } })) };
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) return failed(new GraphQLError(`No operation named "${operationName ?? ""}"`));
  const requested = requestedCost(document, operation, variables ?? {});
  if (gate.isTooDear(requested)) {
    const error = new GraphQLError(`Query cost is ${requested}, which exceeds the single query max cost limit (1000).`, {
      extensions: { code: "MAX_COST_EXCEEDED", cost: requested, maxCost: 1_000 },
    });
    return failed(error);
  }
  if (!gate.has(shop, requested)) {
    const throttled = new GraphQLError("Throttled", { extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" } });
    return failed(throttled, gate.settle(shop, requested, null));
  }
  const call: Call = { state, shop, isBulk: false };
  const result = execute({
    schema: shopifySchema,
    document,
    rootValue,
    contextValue: call,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
  });
  if (result instanceof Promise) throw new Error("resolvers of the simulator answer at once");
  return finish(gate, shop, requested, operation.operation === "mutation", result);
}

function finish(gate: Gate, shop: Shop, requested: number, isMutation: boolean, result: ExecutionResult): unknown {
  const data = result.data === undefined ? {} : { data: result.data };
  const actual = Math.min(requested, isMutation ? requested : actualCost(result.data));
  const errors = result.errors?.map((error) => ({ ...error.toJSON(), extensions: { code: "INTERNAL_SERVER_ERROR", ...error.extensions } }));
  // A defect of the simulator must not look like an answer of the service.
  const defect = result.errors?.find((error) => error.originalError !== undefined && !(error.originalError instanceof GraphQLError));
  if (defect !== undefined) process.stderr.write(`shopify simulator: ${defect.originalError?.stack ?? defect.message}\n`);
  return { ...data, ...(errors === undefined ? {} : { errors }), extensions: { cost: gate.settle(shop, requested, actual) } };
}

function failed(error: GraphQLError, cost?: Cost): unknown {
  return { errors: [error.toJSON()], ...(cost === undefined ? {} : { extensions: { cost } }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is refused like any other wrong body.
    return undefined;
  }
}
