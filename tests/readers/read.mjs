// node read.mjs <folder of a Delta table, absolute> "<a SELECT from {table}>": prints its result, one JSON object a line.
import { query } from 'chdb';

const [folder, select] = process.argv.slice(2);
const table = `deltaLakeLocal('${folder.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`;
process.stdout.write(query(`${select.replaceAll('{table}', table)}
  settings allow_experimental_delta_kernel_rs = 1, session_timezone = 'UTC', output_format_json_quote_64bit_integers = 1, output_format_json_escape_forward_slashes = 0`, 'JSONEachRow'));
