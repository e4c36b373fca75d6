import { Analytics } from '@segment/analytics-node';
import { calls, report } from './calls.mjs';

const [url, key] = process.argv.slice(2);
const client = new Analytics({ writeKey: key, host: url });
const outcome = report();
for (const [method, message] of await calls()) client[method](message, outcome.count);
await client.closeAndFlush();
outcome.print();
