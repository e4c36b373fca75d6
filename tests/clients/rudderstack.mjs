import Analytics from '@rudderstack/rudder-sdk-node';
import { calls, report } from './calls.mjs';

const [url, key] = process.argv.slice(2);
const client = new Analytics(key, { dataPlaneUrl: url });
const outcome = report();
for await (const [method, message] of calls()) client[method](message, outcome.event);
// A flush takes one batch, and throws without taking any where the one before it failed.
do await client.flush().catch(outcome.count);
while (client.queue.length > 0);
await new Promise(setImmediate); // in which it calls back
outcome.print();
