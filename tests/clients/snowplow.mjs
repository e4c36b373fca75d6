import snowplow from '@snowplow/node-tracker';
import { calls, report } from './calls.mjs';

const [url, key, options] = process.argv.slice(2);
const outcome = report();
const tracker = snowplow.newTracker(
  { namespace: 'shop', appId: key, encodeBase64: true, ...JSON.parse(options ?? '{}') },
  { endpoint: url, onRequestFailure: outcome.count },
);
for (const [method, message, contexts, timestamp] of await calls())
  if (method.startsWith('set')) tracker[method](message);
  else tracker.track(snowplow[method](message), contexts, timestamp && { type: 'ttm', value: Date.parse(timestamp) });
await tracker.flush();
outcome.print();
