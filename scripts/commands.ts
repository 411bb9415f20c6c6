/** Which TypeScript entry each npm script leads to. */
const [command = "", ...args] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...args);

switch (command) {
  case "demo":
  case "start":
  case "dev": {
    const { launch } = await import("@/cli/launch/main");
    await launch(command, args);
    break;
  }
  case "test": {
    const { runAllTiers } = await import("./test");
    process.exitCode = await runAllTiers(args);
    break;
  }
  case "check": {
    const { CHECKS, runChecks } = await import("./check");
    process.exitCode = (await runChecks(CHECKS)).length === 0 ? 0 : 1;
    break;
  }
  case "test-inngest": {
    const { runInngestSuite } = await import("@/inngest/embedded/behaviour/run-live");
    process.exit(await runInngestSuite());
    break;
  }
  case "bench": {
    const { runBench } = await import("@/bench/main");
    process.exitCode = await runBench(args);
    break;
  }
  case "cli": {
    const { runCli } = await import("@/cli/main");
    // A pooled connection would hold the process for seconds after the work is done.
    process.exit(await runCli(args));
    break;
  }
  default:
    process.stderr.write(`Unknown command: ${command}\n`);
    process.exitCode = 1;
}
