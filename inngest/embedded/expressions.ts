import { type ASTNode, parse } from "@marcbachmann/cel-js";

/**
 * The part of CEL that our triggers, waits and keys use, with the Inngest server's meaning: a field that does not exist is
 * null, numbers compare whatever their type, and an expression that cannot be evaluated is null (false as a condition).
 * Anything outside the part is refused at start-up by `problemOf`.
 */
export interface ExpressionScope {
  /** The event that started (or may start) the run. */
  readonly event?: unknown;
  /** The event that just came in, for waits and cancellations. */
  readonly async?: unknown;
}

type Value = unknown;

const ROOTS = new Set(["event", "async"]);
const FUNCTIONS = new Set(["string", "int", "double", "size", "has", "lowercase", "uppercase"]);
const METHODS = new Set(["startsWith", "endsWith", "contains", "size", "lowercase", "uppercase"]);

const parsed = new Map<string, ASTNode>();

function astOf(source: string): ASTNode {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const { ast } = parse(source);
  parsed.set(source, ast);
  return ast;
}

/** Why an expression cannot be used, or undefined when it can. */
export function problemOf(source: string): string | undefined {
  try {
    return findUnsupported(astOf(source));
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "not valid CEL") : "not valid CEL";
  }
}

function findUnsupported(node: ASTNode): string | undefined {
  switch (node.op) {
    case "value":
      return undefined;
    case "id":
      return ROOTS.has(node.args) ? undefined : `unknown name "${node.args}"`;
    case ".":
      return findUnsupported(node.args[0]);
    case "!_":
    case "-_":
      return findUnsupported(node.args);
    case "list":
      return firstUnsupported(node.args);
    case "call":
      return FUNCTIONS.has(node.args[0]) ? firstUnsupported(node.args[1]) : `function ${node.args[0]}()`;
    case "rcall":
      return METHODS.has(node.args[0]) ? firstUnsupported([node.args[1], ...node.args[2]]) : `method .${node.args[0]}()`;
    case "?:":
    case "[]":
    case "&&":
    case "||":
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "in":
    case "+":
      return firstUnsupported(node.args);
    default:
      return `operator ${node.op}`;
  }
}

function firstUnsupported(nodes: readonly ASTNode[]): string | undefined {
  for (const node of nodes) {
    const problem = findUnsupported(node);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Whether the condition holds; anything but `true` is no. */
export function holds(source: string, scope: ExpressionScope): boolean {
  return evaluate(source, scope) === true;
}

/** A key as text: equal values give equal keys, a missing field gives the empty key. */
export function keyOf(source: string, scope: ExpressionScope): string {
  const value = evaluate(source, scope);
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function evaluate(source: string, scope: ExpressionScope): Value {
  return run(astOf(source), scope);
}

function member(owner: Value, key: Value): Value {
  if (Array.isArray(owner)) return typeof key === "number" ? (owner[key] ?? null) : null;
  if (typeof owner !== "object" || owner === null || typeof key !== "string") return null;
  return Object.hasOwn(owner, key) ? ((owner as Record<string, Value>)[key] ?? null) : null;
}

function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  return JSON.stringify(left) === JSON.stringify(right);
}

function ordered(op: string, left: Value, right: Value): boolean {
  const comparable = (typeof left === "number" && typeof right === "number") || (typeof left === "string" && typeof right === "string");
  if (!comparable) return false;
  if (op === "<") return left < right;
  if (op === "<=") return left <= right;
  return op === ">" ? left > right : left >= right;
}

function run(node: ASTNode, scope: ExpressionScope): Value {
  switch (node.op) {
    case "value":
      return typeof node.args === "bigint" ? Number(node.args) : node.args;
    case "id":
      return (node.args === "event" ? scope.event : scope.async) ?? null;
    case ".":
      return member(run(node.args[0], scope), node.args[1]);
    case "[]":
      return member(run(node.args[0], scope), run(node.args[1], scope));
    case "list":
      return node.args.map((entry) => run(entry, scope));
    case "!_":
      return run(node.args, scope) !== true;
    case "-_":
      return negate(run(node.args, scope));
    case "&&":
      return run(node.args[0], scope) === true && run(node.args[1], scope) === true;
    case "||":
      return run(node.args[0], scope) === true || run(node.args[1], scope) === true;
    case "?:":
      return run(node.args[0], scope) === true ? run(node.args[1], scope) : run(node.args[2], scope);
    case "==":
      return same(run(node.args[0], scope), run(node.args[1], scope));
    case "!=":
      return !same(run(node.args[0], scope), run(node.args[1], scope));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return ordered(node.op, run(node.args[0], scope), run(node.args[1], scope));
    case "in":
      return isIn(run(node.args[0], scope), run(node.args[1], scope));
    case "+":
      return add(run(node.args[0], scope), run(node.args[1], scope));
    case "call":
      return call(
        node.args[0],
        node.args[1].map((entry) => run(entry, scope)),
      );
    case "rcall":
      return call(
        node.args[0],
        [node.args[1], ...node.args[2]].map((entry) => run(entry, scope)),
      );
    default:
      return null;
  }
}

function negate(value: Value): Value {
  return typeof value === "number" ? -value : null;
}

function add(left: Value, right: Value): Value {
  if (typeof left === "string" && typeof right === "string") return left + right;
  return typeof left === "number" && typeof right === "number" ? left + right : null;
}

function isIn(needle: Value, haystack: Value): boolean {
  if (Array.isArray(haystack)) return haystack.some((entry) => same(entry, needle));
  return typeof haystack === "object" && haystack !== null && typeof needle === "string" && Object.hasOwn(haystack, needle);
}

function call(name: string, args: readonly Value[]): Value {
  const [subject, argument] = args;
  const text = typeof subject === "string" ? subject : undefined;
  const other = typeof argument === "string" ? argument : undefined;
  switch (name) {
    case "has":
      return subject !== null && subject !== undefined;
    case "string":
      return subject === null || subject === undefined ? "" : (text ?? JSON.stringify(subject));
    case "int":
      return Number.isNaN(Number(subject)) ? null : Math.trunc(Number(subject));
    case "double":
      return Number.isNaN(Number(subject)) ? null : Number(subject);
    case "size":
      return text?.length ?? (Array.isArray(subject) ? subject.length : null);
    case "lowercase":
      return text?.toLowerCase() ?? null;
    case "uppercase":
      return text?.toUpperCase() ?? null;
    case "startsWith":
      return text !== undefined && other !== undefined && text.startsWith(other);
    case "endsWith":
      return text !== undefined && other !== undefined && text.endsWith(other);
    case "contains":
      return text !== undefined && other !== undefined && text.includes(other);
    default:
      return null;
  }
}
