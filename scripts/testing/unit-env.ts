import { testSecrets } from "./secrets";

// No server listens there: a unit test that reaches for the database fails.
Object.assign(process.env, testSecrets, { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
