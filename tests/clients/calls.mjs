// What a client is told to do: on stdin, a JSON array of calls, each a method's name and its arguments. A `timestamp` becomes a Date, as applications pass it.
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** The calls, one after the other; WEIR_PACE sets milliseconds between them. */
export async function* calls() {
  for (const call of JSON.parse(await text(process.stdin), (name, value) => (name === 'timestamp' ? new Date(value) : value))) {
    yield call;
    if (process.env.WEIR_PACE) await wait(Number(process.env.WEIR_PACE));
  }
}

/** What a client tells its application: errors, and how many events it gave up where it says so of each. */
export function report() {
  const errors = [];
  let failed = 0;
  const count = (error) => error && errors.push(String(error.message ?? error.status ?? error));
  process.on('unhandledRejection', count); // RudderStack's client throws what no callback takes
  return {
    count,
    event: (error) => error && failed++,
    print: () => console.log(JSON.stringify({ errors, failed })),
  };
}
