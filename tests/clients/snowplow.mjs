import { setTimeout as wait } from 'node:timers/promises';
import snowplow from '@snowplow/node-tracker';
import { calls, report } from './calls.mjs';

const [url, key, options] = process.argv.slice(2);
const outcome = report();
let [tracked, sent] = [0, 0];
const { eventMethod, ...tracking } = JSON.parse(options);
const tracker = snowplow.newTracker(
  { namespace: 'shop', appId: key, ...tracking },
  { endpoint: url, eventMethod, onRequestFailure: (failure) => failure.willRetry || outcome.count(failure), onRequestSuccess: (batch) => (sent += batch.length) },
);
for await (const [method, message, contexts, timestamp] of calls())
  if (method.startsWith('set')) tracker[method](message);
  else {
    tracker.track(snowplow[method](message), contexts, timestamp && { type: 'ttm', value: Date.parse(timestamp) });
    tracked++;
  }
// What could not be sent stays with the tracker, which tries again while the application runs.
for (let tries = 0; tries === 0 || (tries < 60 && sent < tracked && process.env.WEIR_PACE); tries++) {
  await tracker.flush();
  if (sent < tracked && process.env.WEIR_PACE) await wait(1000);
}
outcome.print();
