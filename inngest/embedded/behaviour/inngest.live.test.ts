import { describeBehaviour } from "./suite";
import { InngestDriver } from "./inngest-driver";

describeBehaviour(new InngestDriver(process.env["INNGEST_TEST_URL"] ?? ""));
