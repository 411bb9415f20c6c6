import { z } from "zod";
import { askError } from "./errors";
import { expire, say } from "./issues-world";
import { type Call, type Operation, readJson, wholeOf } from "./operation";
import type { HbState, Issue, Merchant } from "./state";
import { iso } from "./turkish";

const HOST = "api-asktoseller-merchant";
const MAX_TEXT = 2_000;
/** In rows a word, in the query a number. */
const NUMBERS: Readonly<Record<string, Issue["status"] | "MerchantMadeContact">> = {
  "1": "WaitingForAnswer",
  "2": "Answered",
  "3": "Rejected",
  "4": "AutoClosed",
  "7": "MerchantMadeContact",
};
const FILE = /\.(jpg|pdf|docx|xlsx|bmp|png)$/i;

const bad = (text: string, field?: string) => askError(400, text, field);

/** Questions of buyers. */
export function issueOperations(state: HbState): Operation[] {
  const get = (path: string, answer: Operation["answer"]): Operation => ({ method: "GET", host: HOST, path, answer });
  const post = (path: string, answer: Operation["answer"]): Operation => ({ method: "POST", host: HOST, path, answer });
  const fresh =
    (answer: (call: Call) => unknown): Operation["answer"] =>
    (call) => {
      expire(call.merchant, state.host.clock.nowMs());
      return answer(call);
    };
  return [
    get("/api/v1.0/issues", fresh(list)),
    get(
      "/api/v1.0/issues/count",
      fresh(({ merchant }) => countOf(merchant)),
    ),
    get(
      "/api/v1.0/issues/{issue}",
      fresh(({ merchant, at }) => issueJson(merchant, issueOf(merchant, at[0]))),
    ),
    post("/api/v1.0/issues/{issue}/answer", (call) => answer(state, call)),
    post("/api/v1.0/issues/{issue}/reject", (call) => reject(state, call)),
  ];
}

function countOf(merchant: Merchant): Record<string, number> {
  const count = (status: Issue["status"]) => merchant.issues.filter((one) => one.status === status).length;
  return { waitingForAnswer: count("WaitingForAnswer"), answered: count("Answered"), reported: count("Rejected"), autoClosedInLastWeek: count("AutoClosed") };
}

function list({ merchant, query }: Call): unknown {
  const page = query.get("page") === null ? 1 : wholeOf(query, "page", { min: 1, max: 100_000 }, bad);
  const size = query.get("size") === null ? 25 : wholeOf(query, "size", { min: 1, max: 100 }, bad);
  const wanted = query.getAll("status").map((number) => {
    const status = NUMBERS[number];
    if (status === undefined) throw bad("status is invalid", "status");
    return status;
  });
  const at = (name: string, otherwise: number) => {
    const text = query.get(name);
    const ms = text === null ? otherwise : Date.parse(text);
    if (Number.isNaN(ms)) throw bad(`${name} is invalid`, name);
    return ms;
  };
  const [from, to] = [at("minModifiedAt", 0), at("maxModifiedAt", Number.POSITIVE_INFINITY)];
  const by = query.get("sortBy") === "1" ? (issue: Issue) => issue.modifiedAtMs : (issue: Issue) => issue.createdAtMs;
  const direction = query.get("desc") === "false" ? 1 : -1;
  const found = merchant.issues
    .filter((issue) => (wanted.length === 0 || wanted.includes(issue.status)) && issue.modifiedAtMs >= from && issue.modifiedAtMs <= to)
    .sort((left, right) => direction * (by(left) - by(right) || left.number - right.number));
  const rows = found.slice((page - 1) * size, page * size);
  const totalPageCount = Math.ceil(found.length / size);
  return {
    data: rows.map((issue) => issueJson(merchant, issue)),
    currentPage: page,
    currentPageSize: rows.length,
    totalPageCount,
    totalItemCount: found.length,
    nextPage: page < totalPageCount ? page + 1 : null,
    previousPage: page > 1 ? page - 1 : null,
  };
}

function issueOf(merchant: Merchant, number: string | undefined): Issue {
  const issue = merchant.issues.find((one) => String(one.number) === number);
  if (!issue) throw askError(404, "Issue not found");
  return issue;
}

function issueJson(merchant: Merchant, issue: Issue): Record<string, unknown> {
  return {
    id: `issue-${issue.number}`,
    issueNumber: issue.number,
    status: issue.status,
    subject: { id: "subject-1", description: "Ürün hakkında" },
    lastContent: issue.talk.at(-1)?.content ?? "",
    conversations: issue.talk.map((entry) => ({
      id: entry.id,
      content: entry.content,
      from: entry.from,
      type: null,
      createdAt: iso(entry.createdAtMs),
      lastModifiedAt: null,
      isMessageSeen: false,
      rejectReason: null,
      files: [],
    })),
    product: { sku: issue.hbSku, name: issue.productName, imageUrl: "https://productimages.hepsiburada.net/s/1/500/9541384503346.jpg", stockCode: null },
    merchant: { id: merchant.id, name: merchant.name },
    customerId: issue.customerId,
    orderNumber: issue.orderNumber,
    lineItemId: null,
    createdAt: iso(issue.createdAtMs),
    lastModifiedAt: iso(issue.modifiedAtMs),
    expireDate: iso(issue.expiresAtMs),
    didCustomerSeeTheMessage: false,
    schemaVersion: 1,
  };
}

/** Rejected, run out or past its day takes nothing more. */
function checkOpen(state: HbState, issue: Issue): void {
  const isOver = issue.expiresAtMs <= state.host.clock.nowMs();
  if (isOver || issue.status === "Rejected" || issue.status === "AutoClosed") throw bad("Issue is expired or closed");
}

async function answer(state: HbState, call: Call): Promise<Response> {
  if (!/^multipart\/form-data\b/.test(call.contentType)) throw askError(415, "Unsupported Media Type");
  const issue = issueOf(call.merchant, call.at[0]);
  const form = await call.form();
  const text = form.get("Answer");
  if (typeof text !== "string" || text.trim() === "") throw bad("Answer is required", "Answer");
  if ([...text].length > MAX_TEXT) throw bad(`Answer cannot be longer than ${MAX_TEXT}`, "Answer");
  for (const file of form.getAll("Files")) if (typeof file === "string" || !FILE.test(file.name)) throw bad("File type is not allowed", "Files");
  checkOpen(state, issue);
  say(state, issue, { text, from: "Merchant", via: "api" });
  return Response.json("Created", { status: 201 });
}

const rejectInput = z.strictObject({ rejectReason: z.string().min(1).max(MAX_TEXT), rejectConversationId: z.string().min(1) });

async function reject(state: HbState, call: Call): Promise<Response> {
  const issue = issueOf(call.merchant, call.at[0]);
  const { rejectReason, rejectConversationId } = await readJson(call, rejectInput, bad);
  if (!issue.talk.some((entry) => entry.id === rejectConversationId)) throw bad("Conversation not found", "rejectConversationId");
  checkOpen(state, issue);
  issue.status = "Rejected";
  issue.rejectReason = rejectReason;
  issue.modifiedAtMs = state.host.clock.nowMs();
  return Response.json("Created", { status: 201 });
}
