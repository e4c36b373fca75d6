// node chdb.mjs <folder of chdb's package> <folder of lines> <folder for files>: prints the seconds of one pass over large.ndjson, after one over small.ndjson, and the rows that landed.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [modules, lines, to] = process.argv.slice(2);
const { query } = createRequire(join(modules, 'read.mjs'))('chdb');
const sql = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'chdb.sql'), 'utf8');
function land(name) {
  const folder = join(to, name);
  mkdirSync(folder, { recursive: true });
  const [from, before] = [process.hrtime.bigint(), process.cpuUsage()];
  query(sql.replaceAll('{lines}', join(lines, `${name}.ndjson`)).replaceAll('{to}', folder));
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { user, system } = process.cpuUsage(before);
  return [seconds, (user + system) / 1e6, Number(query(`select count() from file('${folder}/**/*.parquet', Parquet)`, 'TSV'))];
}
land('small');
const [seconds, processor, rows] = land('large');
const { maxRSS } = process.resourceUsage();
console.log(`${seconds.toFixed(3)} ${rows} ${Math.round(maxRSS / 1000)} ${processor.toFixed(2)}`);
