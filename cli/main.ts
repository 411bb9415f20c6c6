import { applyMigrations, schemaAsSql } from "./database/migrate";

const HELP = `karavan <command>
  db migrate     apply pending migrations to DATABASE_URL
  db sql         print the SQL of the whole Prisma schema
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
  "db sql": () => schemaAsSql(process.cwd(), databaseUrl()),
};

/** The operator's tool. @returns the process's exit code. */
export async function runCli(args: readonly string[]): Promise<number> {
  const command = COMMANDS[args.slice(0, 2).join(" ")];
  if (command === undefined) {
    process.stderr.write(HELP);
    return 1;
  }
  try {
    process.stdout.write(`${await command(args.slice(2))}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
