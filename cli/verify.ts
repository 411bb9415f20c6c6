import { parseArgs } from "node:util";
import type { SumGaps } from "@/server/sales/index";
import type { StreamVerdict } from "@/server/sync/index";

const MOST_DAYS = 90;

/**
 * `karavan verify`: asks every connected service anew and looks up each record it tells of; and adds up all sale lines of those
 * workspaces anew, against the sums kept beside them. Prints a line a stream and a workspace, or one JSON object with `--json`.
 * @throws Error when something is missing, a sum is wrong or a service could not be asked, so that the process ends non-zero.
 */
export async function verify(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { connection: { type: "string" }, days: { type: "string", default: "7" }, json: { type: "boolean", default: false } },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new Error(`--days takes a whole number from 1 to ${MOST_DAYS}.`);
  const { connectionsToCheck } = await import("@/server/integrations");
  const all = await connectionsToCheck();
  const wanted = values.connection === undefined ? all : all.filter(({ connectionId }) => connectionId === values.connection);
  if (wanted.length === 0) throw new Error(values.connection === undefined ? "There is no active connection." : "There is no active connection of that id.");
  const verdicts = await verifyRecords(wanted, days);
  const sums = await verifySums([...new Set(wanted.map(({ workspaceId }) => workspaceId))]);
  const gaps = verdicts.filter(isGap).length + sums.filter((one) => one.days + one.products > 0).length;
  const report = values.json ? JSON.stringify({ days, verdicts, sums, gaps }) : [...verdicts.map(describeVerdict), ...sums.map(describeSums)].join("\n");
  if (gaps > 0) throw new Error(report);
  return report;
}

type Verdict = StreamVerdict & { readonly connectionId: string };
type SumVerdict = SumGaps & { readonly workspaceId: string };

async function verifyRecords(connections: readonly { readonly workspaceId: string; readonly connectionId: string }[], days: number): Promise<Verdict[]> {
  const { verifyConnection } = await import("@/server/sync");
  const verdicts: Verdict[] = [];
  for (const { workspaceId, connectionId } of connections) {
    for (const verdict of await verifyConnection(workspaceId, connectionId, days)) verdicts.push({ connectionId, ...verdict });
  }
  return verdicts;
}

async function verifySums(workspaceIds: readonly string[]): Promise<SumVerdict[]> {
  const { recountSums } = await import("@/server/sales");
  const sums: SumVerdict[] = [];
  for (const workspaceId of workspaceIds) sums.push({ workspaceId, ...(await recountSums(workspaceId)) });
  return sums;
}

const isGap = ({ missing, errorCode }: Verdict) => missing > 0 || errorCode !== null;

function describeVerdict(verdict: Verdict): string {
  const { connectionId, stream, source, held, setAside, missing, examples, errorCode } = verdict;
  return [
    `${isGap(verdict) ? "✗" : "✓"} ${connectionId} ${stream.padEnd(9)}`,
    errorCode === null ? `source ${source} = held ${held} + set aside ${setAside} + missing ${missing}` : `could not be asked: ${errorCode}`,
    ...examples.map((example) => `\n    ${example}`),
  ].join(" ");
}

const describeSums = ({ workspaceId, days, products }: SumVerdict) =>
  days + products === 0
    ? `✓ ${workspaceId} sums of sales are what the lines add up to`
    : `✗ ${workspaceId} sums of sales are not what the lines add up to: ${days} of days, ${products} of products`;
