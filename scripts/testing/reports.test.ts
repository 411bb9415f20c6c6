import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPlaywright, readVitest } from "./reports";

const folder = mkdtempSync(join(tmpdir(), "karavan-test-reports-"));
function written(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("each failed test is told with where it is and the beginning of what it said", () => {
  const file = written("one.json", {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      {
        name: join(process.cwd(), "lib/money.test.ts"),
        status: "failed",
        assertionResults: [
          { fullName: "adds", status: "passed", failureMessages: [] },
          {
            fullName: "rounds",
            status: "failed",
            failureMessages: ["\u001B[31mexpected 1 to be 2\u001B[39m\n\n    at node_modules/vitest/x.js\n    at lib/money.ts:4"],
          },
        ],
      },
    ],
  });
  expect(readVitest(file, 1)).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
    failures: ["lib/money.test.ts › rounds\n    expected 1 to be 2\n        at lib/money.ts:4"],
    notes: [],
  });
});

test("a file that does not load and a run that ends badly are failures of their own", () => {
  const file = written("two.json", {
    numPassedTests: 4,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [{ name: join(process.cwd(), "lib/a.test.ts"), status: "failed", message: "Cannot find module b", assertionResults: [] }],
  });
  expect(readVitest(file, 1)).toMatchObject({
    failed: 1,
    failures: ["lib/a.test.ts\n    Cannot find module b", "vitest ended with exit code 1"],
  });
  expect(readVitest(join(folder, "missing.json"), 1)).toMatchObject({ passed: 0, failed: 1 });
  expect(readPlaywright(join(folder, "missing.json"), 0)).toMatchObject({ passed: 0, failed: 0 });
});

test("a browser test that passed on the second try is a note, one that never passed a failure", () => {
  const entry = (title: string, status: string, message: string) => ({
    title,
    file: "journeys/a.spec.ts",
    tests: [{ status, results: [{ error: { message } }, {}] }],
  });
  const file = written("three.json", {
    stats: { expected: 10, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [{ specs: [entry("one", "flaky", "late")], suites: [{ specs: [entry("two", "unexpected", "not there")] }] }],
  });
  expect(readPlaywright(file, 1)).toEqual({
    passed: 11,
    failed: 1,
    skipped: 0,
    failures: ["journeys/a.spec.ts › two\n    not there"],
    notes: ["passed only on the second try: journeys/a.spec.ts › one\n    late"],
  });
});
