import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** What one tier came to. `failures` says each failure again in a few lines, `notes` what is no failure and still worth knowing. */
export interface TierReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  readonly notes: readonly string[];
}

export const NOTHING: TierReport = { passed: 0, failed: 0, skipped: 0, failures: [], notes: [] };

/** Enough of a message to know what happened: the record of a CI run keeps its last lines only. */
const HEAD_LINES = 8;
const head = (message: string): string =>
  stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at .*node_modules/.test(line))
    .slice(0, HEAD_LINES)
    .map((line) => `    ${line}`)
    .join("\n");

const told = (name: string, message: string): string => (message.trim() === "" ? name : `${name}\n${head(message)}`);

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

const result = z.object({ error: z.object({ message: z.string().optional() }).optional() });
const spec = z.object({ title: z.string(), file: z.string(), tests: z.array(z.object({ status: z.string(), results: z.array(result) })) });
interface Suite {
  readonly specs: readonly z.infer<typeof spec>[];
  readonly suites?: readonly Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(spec), suites: z.array(suite).optional() }));
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suite),
});

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

/** A run that ended badly without one failed test: a file that does not load, an unhandled rejection, a crash. The tier has failed all the same. */
const broken = (report: TierReport, code: number, what: string): TierReport =>
  code === 0 || report.failed > 0 ? report : { ...report, failed: 1, failures: [...report.failures, `${what} ended with exit code ${code}`] };

/** @param file where vitest's JSON reporter wrote; nothing there counts as nothing run. @param code what vitest ended with. */
export function readVitest(file: string, code: number): TierReport {
  const report = read(file, vitestReport);
  if (report === undefined) return broken(NOTHING, code, "vitest");
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed");
    const where = relative(process.cwd(), name);
    if (tests.length === 0) return status === "failed" ? [told(where, message ?? "")] : [];
    return tests.map((test) => told(`${where} › ${test.fullName}`, test.failureMessages?.join("\n") ?? ""));
  });
  return broken({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, failures, notes: [] }, code, "vitest");
}

const specsOf = ({ specs, suites = [] }: Suite): z.infer<typeof spec>[] => [...specs, ...suites.flatMap(specsOf)];

/** @param file where Playwright's JSON reporter wrote; nothing there counts as nothing run. @param code what Playwright ended with. */
export function readPlaywright(file: string, code: number): TierReport {
  const report = read(file, playwrightReport);
  if (report === undefined) return broken(NOTHING, code, "playwright");
  const withStatus = (status: string) =>
    report.suites
      .flatMap(specsOf)
      .flatMap(({ title, file: where, tests }) =>
        tests
          .filter((test) => test.status === status)
          .map((test) => told(`${where} › ${title}`, test.results.find(({ error }) => error !== undefined)?.error?.message ?? "")),
      );
  const { expected, unexpected, flaky, skipped } = report.stats;
  const notes = withStatus("flaky").map((line) => `passed only on the second try: ${line}`);
  return broken({ passed: expected + flaky, failed: unexpected, skipped, failures: withStatus("unexpected"), notes }, code, "playwright");
}
