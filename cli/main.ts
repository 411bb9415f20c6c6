import { applyMigrations, schemaAsSql } from "./database/migrate";

const HELP = `karavan <command>
  db migrate     apply pending migrations to DATABASE_URL
  db sql         print the SQL of the whole Prisma schema
  verify [--connection ID] [--days 7] [--json]   ask every service anew: is everything it tells of held? do the sums of sales agree?
  keys rotate [--data] [--workspace ID]   rewrap all data keys with the newest vault key (online)
`;

function databaseUrl(): string {
  const url = process.env["DATABASE_URL"];
  if (url === undefined || url === "") throw new Error("DATABASE_URL is not set.");
  return url;
}

async function migrate(): Promise<string> {
  const { installQueue } = await import("@/inngest/embedded/install");
  const applied = await applyMigrations(process.cwd(), databaseUrl());
  await installQueue(databaseUrl());
  return applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}`;
}

async function rotate(args: readonly string[]): Promise<string> {
  const [{ rotateVaultKeys }, { credentialStore, tokenStore }, { noticeTransportStore }] = await Promise.all([
    import("./keys/rotate"),
    import("@/server/integrations"),
    import("@/server/notifications"),
  ]);
  return rotateVaultKeys(args, { stores: [credentialStore, tokenStore, noticeTransportStore], progress: (line) => process.stderr.write(`${line}\n`) });
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<string>>> = {
  "db migrate": migrate,
  "keys rotate": rotate,
  verify: async (args) => (await import("./verify")).verify(args),
  "db sql": () => schemaAsSql(process.cwd(), databaseUrl()),
};

/** The operator's tool. @returns the process's exit code. */
export async function runCli(args: readonly string[]): Promise<number> {
  const words = COMMANDS[args[0] ?? ""] === undefined ? 2 : 1;
  const command = COMMANDS[args.slice(0, words).join(" ")];
  if (command === undefined) {
    process.stderr.write(HELP);
    return 1;
  }
  try {
    process.stdout.write(`${await command(args.slice(words))}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
