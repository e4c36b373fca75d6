// What a client is told to do: on stdin, a JSON array of calls, each a method's name and its arguments. A `timestamp` becomes a Date, as applications pass it.
import { text } from 'node:stream/consumers';

export async function calls() {
  return JSON.parse(await text(process.stdin), (name, value) => (name === 'timestamp' ? new Date(value) : value));
}

/** Counts the errors that a client tells its application. */
export function report() {
  const errors = [];
  const count = (error) => error && errors.push(String(error.message ?? error.status ?? error));
  process.on('unhandledRejection', count); // RudderStack's client throws what no callback takes
  return {
    count,
    print: () => console.log(JSON.stringify({ errors })),
  };
}
