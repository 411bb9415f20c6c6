import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** `npm run test:inngest`: the behaviour suite on the Inngest server at INNGEST_TEST_URL. */
if ((process.env["INNGEST_TEST_URL"] ?? "") === "") {
  process.stdout.write("test:inngest skipped: INNGEST_TEST_URL is not set. Start `inngest dev --no-discovery --tick 50` and point it there.\n");
} else {
  const config = fileURLToPath(new URL("./vitest.live.config.ts", import.meta.url));
  const vitest = fileURLToPath(new URL("../../../node_modules/vitest/vitest.mjs", import.meta.url));
  const { status } = spawnSync(process.execPath, [vitest, "run", "--config", config], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
