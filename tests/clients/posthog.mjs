import { PostHog } from 'posthog-node';
import { calls, report } from './calls.mjs';

const [url, key] = process.argv.slice(2);
const client = new PostHog(key, { host: url });
const outcome = report();
client.on('error', outcome.count);
for await (const [method, ...message] of calls()) await client[method](...message);
await client.shutdown();
outcome.print();
