import { parseArgs } from "node:util";

const MOST_DAYS = 90;

/**
 * `karavan verify`: asks every connected service anew and looks up each record it tells of. Prints a line a stream, or one JSON
 * object with `--json`.
 * @throws Error when something is missing or a service could not be asked, so that the process ends non-zero.
 */
export async function verify(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { connection: { type: "string" }, days: { type: "string", default: "7" }, json: { type: "boolean", default: false } },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new Error(`--days takes a whole number from 1 to ${MOST_DAYS}.`);
  const [{ connectionsToCheck }, { verifyConnection }] = await Promise.all([import("@/server/integrations"), import("@/server/sync")]);
  const all = await connectionsToCheck();
  const wanted = values.connection === undefined ? all : all.filter(({ connectionId }) => connectionId === values.connection);
  if (wanted.length === 0) throw new Error(values.connection === undefined ? "There is no active connection." : "There is no active connection of that id.");
  const verdicts = [];
  for (const { workspaceId, connectionId } of wanted) {
    for (const verdict of await verifyConnection(workspaceId, connectionId, days)) verdicts.push({ connectionId, ...verdict });
  }
  const gaps = verdicts.filter(({ missing, errorCode }) => missing > 0 || errorCode !== null);
  const report = values.json
    ? JSON.stringify({ days, verdicts, gaps: gaps.length })
    : verdicts
        .map(({ connectionId, stream, source, held, setAside, missing, examples, errorCode }) =>
          [
            `${gaps.some((gap) => gap.connectionId === connectionId && gap.stream === stream) ? "✗" : "✓"} ${connectionId} ${stream.padEnd(9)}`,
            errorCode === null ? `source ${source} = held ${held} + set aside ${setAside} + missing ${missing}` : `could not be asked: ${errorCode}`,
            ...examples.map((example) => `\n    ${example}`),
          ].join(" "),
        )
        .join("\n");
  if (gaps.length > 0) throw new Error(report);
  return report;
}
