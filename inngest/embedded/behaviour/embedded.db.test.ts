import { createDatabase } from "./database";
import { EmbeddedDriver } from "./embedded-driver";
import { describeBehaviour } from "./suite";

const url = await createDatabase(process.env["DATABASE_URL"] ?? "", "engine_behaviour");

describeBehaviour(new EmbeddedDriver(url));
