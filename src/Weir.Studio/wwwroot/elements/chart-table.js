// @ts-check

/**
 * What a chart is drawn from: its table.
 * @typedef {{ name: string, key: string, values: (number | null)[] }} Series
 * @typedef {{ labels: string[], series: Series[], open: number }} ChartData `open` is the index of the unfinished row, or -1.
 */

/** Reads a figure as the server wrote it; an empty cell is a gap, not zero. @param {string} text */
export function number(text) {
  const plain = text.replace(/[,\s\u00a0]/g, '').replace('\u2212', '-');
  return plain === '' || Number.isNaN(Number(plain)) ? null : Number(plain);
}

/** A cell's figure: as a number where the server wrote one beside the text. @param {HTMLElement | undefined} cell */
function value(cell) {
  return number(cell?.dataset.value ?? cell?.textContent ?? '');
}

/** @param {HTMLTableElement} table @returns {ChartData} */
export function read(table) {
  const heads = [...table.querySelectorAll('thead th[data-series]')];
  const rows = [...table.querySelectorAll('tbody tr')];
  return {
    labels: rows.map((row) => row.querySelector('th')?.textContent?.trim() ?? ''),
    series: heads.map((head, i) => ({
      name: head.textContent?.trim() ?? '',
      key: head.getAttribute('data-series') ?? '',
      values: rows.map((row) => value(row.querySelectorAll('td')[i])),
    })),
    open: rows.findIndex((row) => row.hasAttribute('data-open')),
  };
}

/** 1,234 → 1.2 k, for axes. @param {number} value */
export function short(value) {
  const size = Math.abs(value);
  const [divisor, unit] = size >= 1e9 ? [1e9, ' bn'] : size >= 1e6 ? [1e6, ' M'] : size >= 1e4 ? [1e3, ' k'] : [1, ''];
  return (value / divisor).toLocaleString('en', { maximumFractionDigits: 1 }) + unit;
}
