import { Analytics } from '@segment/analytics-node';
import { calls, report } from './calls.mjs';

const [url, key] = process.argv.slice(2);
const client = new Analytics({ writeKey: key, host: url });
const outcome = report();
for await (const [method, message] of calls()) client[method](message, outcome.event);
await client.closeAndFlush();
outcome.print();
