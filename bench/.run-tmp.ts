import { runBench } from "./main";
runBench(process.argv.slice(2)).then((c) => process.exit(c), (e) => { console.error(e); process.exit(1); });
