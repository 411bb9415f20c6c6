import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";

/**
 * The behaviour suite on the Inngest server at INNGEST_TEST_URL; says why when there is none.
 * @returns the exit code.
 */
export async function runInngestSuite(): Promise<number> {
  if ((process.env["INNGEST_TEST_URL"] ?? "") === "") {
    process.stdout.write("test:inngest skipped: INNGEST_TEST_URL is not set. Start `inngest dev --no-discovery --no-poll --tick 50` and give its address.\n");
    return 0;
  }
  const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");
  const vitest = await startVitest(
    "test",
    [],
    {
      root,
      config: false,
      watch: false,
      include: ["inngest/embedded/behaviour/*.live.test.ts"],
      maxConcurrency: 40,
      testTimeout: 150_000,
      hookTimeout: 60_000,
    },
    { resolve: { alias: { "@": root } } },
  );
  await vitest.close();
  return process.exitCode === undefined ? 0 : Number(process.exitCode);
}
