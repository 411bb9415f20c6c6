import { inject } from "vitest";
import { testSecrets } from "./secrets";

Object.assign(process.env, testSecrets, { DATABASE_URL: inject("databaseUrl") });
