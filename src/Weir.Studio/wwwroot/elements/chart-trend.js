// @ts-check
import { apart, frame, roundTop } from './chart-options.js';
import { short } from './chart-table.js';

/** @typedef {import('./chart-table.js').ChartData} ChartData */
/** @typedef {import('./chart-table.js').Series} Series */
/** @typedef {import('./chart-options.js').Colour} Colour */

/** How a metric's values are written: `money €`, `percent`, `count`, `number`. @param {string} format @returns {(value: number, full?: boolean) => string} */
export function writer(format) {
  const [kind, symbol = ''] = format.split(' ');
  if (kind === 'percent') return (value, full) => `${(value * 100).toLocaleString('en', { maximumFractionDigits: full ? 2 : 1 })} %`;
  if (kind === 'money') {
    return (value, full) => (value < 0 ? '−' : '') + symbol + (full ? Math.abs(value).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }) : short(Math.abs(value)));
  }
  return (value, full) => (full ? value.toLocaleString('en', { maximumFractionDigits: kind === 'count' ? 0 : 2 }) : short(value));
}

const escape = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** All series of a bucket, the greatest first; what is compared comes last. @param {ChartData} data @param {Colour} colour @param {ReturnType<typeof writer>} write */
function tooltip(data, colour, write) {
  return (/** @type {{ dataIndex: number }[]} */ points) => {
    const i = points[0].dataIndex;
    const known = data.series.filter((s) => s.values[i] !== null)
      .sort((a, b) => Number(a.key === 'before') - Number(b.key === 'before') || (b.values[i] ?? 0) - (a.values[i] ?? 0));
    const lines = known.map((s) => `<div><i style="background:${colour(s.key)}"></i>${escape(s.name)}<span>${write(s.values[i] ?? 0, true)}</span></div>`);
    return `<div class="tip"><b>${escape(data.labels[i])}</b>${i === data.open ? ' so far' : ''}${lines.join('') || '<div>nothing</div>'}</div>`;
  };
}

/** The frame with an axis in the metric's own writing. @param {ChartData} data @param {Colour} colour @param {string} format @param {number} width @param {boolean} fromZero */
function metric(data, colour, format, width, fromZero) {
  const base = frame(data, colour, '', width);
  const write = writer(format);
  const every = Math.max(1, Math.ceil(data.labels.length / Math.max(2, Math.floor((width - 90) / 64))));
  return {
    ...base,
    grid: { ...base.grid, left: 54, top: 14 },
    xAxis: { ...base.xAxis, axisLabel: { ...base.xAxis.axisLabel, interval: (/** @type {number} */ i) => i % every === 0 } },
    yAxis: { ...base.yAxis, min: fromZero ? 0 : undefined, max: isAlmostWhole(data, format) ? 1 : undefined, scale: !fromZero, minInterval: format.startsWith('count') ? 1 : undefined, axisLabel: { ...base.yAxis.axisLabel, formatter: (/** @type {number} */ v) => write(v) } },
    tooltip: { ...base.tooltip, formatter: tooltip(data, colour, write) },
  };
}

/** Whether a share comes so near to all that the axis should end there. @param {ChartData} data @param {string} format */
export function isAlmostWhole(data, format) {
  const most = Math.max(0, ...data.series.flatMap((s) => s.values.map((v) => v ?? 0)));
  return format.startsWith('percent') && most > 0.7 && most <= 1;
}

/** Whether zero is worth its place: where all values lie in a narrow band far above it, a line's shape is. @param {Series[]} series */
export function isFromZero(series) {
  const all = series.flatMap((s) => s.values.filter((v) => v !== null));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return all.length === 0 || low < 0 ? false : low < high * 0.6;
}

/** The legend of what is compared, where lines are not named at their ends. @param {ChartData} data @param {Colour} colour */
function legend(data, colour) {
  return {
    right: 8, top: 0, itemWidth: 14, itemHeight: 3, icon: 'roundRect', data: data.series.map((s) => ({ name: s.name, itemStyle: { color: colour(s.key) } })), textStyle: { color: colour('second'), fontSize: 12 },
  };
}

/** A line a series; what is compared thin and grey; the unfinished end dashed. @param {ChartData} data @param {Colour} colour @param {string} format @param {number} width */
export function trend(data, colour, format, width) {
  const base = metric(data, colour, format, width, isFromZero(data.series));
  const own = data.series.filter((s) => s.key !== 'before');
  const isNamed = own.length > 1 && own.length <= 4 && width > 520;
  const whole = data.open >= 0 ? data.open : data.labels.length;
  const end = (/** @type {Series} */ s) => s.values.findLast((v) => v !== null) ?? 0;
  const lift = apart(own.map(end), Math.max(1e-9, ...own.flatMap((s) => s.values.map((v) => v ?? 0))));
  return {
    ...base,
    grid: { ...base.grid, right: isNamed ? 116 : 12, top: isNamed ? 14 : 30 },
    legend: isNamed ? undefined : legend(data, colour),
    series: data.series.flatMap((s) => {
      const i = own.indexOf(s);
      if (i < 0) return [{ type: 'line', name: s.name, data: s.values, symbol: 'none', silent: true, z: 1, color: colour('before'), lineStyle: { width: 1.2 } }];
      const name = { show: isNamed, formatter: s.name, color: colour(s.key), fontWeight: 600, fontSize: 12, distance: 8, width: 104, overflow: 'truncate', offset: [0, lift[i]] };
      const isDashed = whole < data.labels.length && s.values[whole] !== null;
      // A single point between gaps has no line: it is drawn as one.
      const alone = (/** @type {number} */ n) => s.values[n] !== null && (s.values[n - 1] ?? null) === null && (s.values[n + 1] ?? null) === null;
      return [
        { type: 'line', name: s.name, data: s.values.map((v, n) => (n < whole ? v : null)), color: colour(s.key), lineStyle: { width: 2 }, symbolSize: (/** @type {unknown} */ _, /** @type {{ dataIndex: number }} */ p) => (alone(p.dataIndex) ? 5 : 0), showAllSymbol: true, symbol: 'circle', endLabel: isDashed ? undefined : name },
        ...(isDashed ? [{ type: 'line', name: s.name, data: s.values.map((v, n) => (n >= whole - 1 ? v : null)), symbol: 'none', color: colour(s.key), lineStyle: { width: 1.6, type: 'dashed', opacity: 0.75 }, endLabel: name }] : []),
      ];
    }),
  };
}

/** Bars from zero, on each other where there are several; the unfinished one hatched. @param {ChartData} data @param {Colour} colour @param {string} format @param {number} width */
export function columns(data, colour, format, width) {
  const base = metric(data, colour, format, width, true);
  const own = data.series.filter((s) => s.key !== 'before');
  const hatch = { symbol: 'rect', symbolSize: 1, rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [3, 3], color: colour('card') };
  const most = Math.max(0, ...data.labels.map((_, i) => own.reduce((sum, s) => sum + Math.max(0, s.values[i] ?? 0), 0)), ...data.series.filter((s) => s.key === 'before').flatMap((s) => s.values.map((v) => v ?? 0)));
  return {
    ...base,
    yAxis: { ...base.yAxis, ...(most > 3 && own.every((s) => s.values.every((v) => (v ?? 0) >= 0)) ? roundTop(most) : { min: undefined }) },
    grid: { ...base.grid, top: data.series.length > 1 ? 30 : 14 },
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    legend: data.series.length > 1 ? legend(data, colour) : undefined,
    series: data.series.map((s) => (s.key === 'before'
      ? { type: 'line', name: s.name, data: s.values, symbol: 'none', silent: true, z: 5, color: colour('before'), lineStyle: { width: 1.2 } }
      : {
        type: 'bar', stack: 'all', name: s.name, barMaxWidth: 34, barCategoryGap: '34%', color: colour(s.key),
        data: s.values.map((v, i) => (i === data.open ? { value: v, itemStyle: { decal: hatch } } : v)),
      })),
  };
}
