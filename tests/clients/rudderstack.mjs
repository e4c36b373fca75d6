import Analytics from '@rudderstack/rudder-sdk-node';
import { calls, report } from './calls.mjs';

const [url, key] = process.argv.slice(2);
const client = new Analytics(key, { dataPlaneUrl: url });
const outcome = report();
for (const [method, message] of await calls()) client[method](message, outcome.count);
await client.flush().catch(outcome.count);
outcome.print();
