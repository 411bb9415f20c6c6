import { InngestDriver } from "./inngest-driver";
import { describeBehaviour } from "./suite";

describeBehaviour(new InngestDriver(process.env["INNGEST_TEST_URL"] ?? ""));
