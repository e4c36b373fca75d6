// @ts-check
import { short } from './chart-table.js';

/** @typedef {import('./chart-table.js').ChartData} ChartData */
/** @typedef {(name: string) => string} Colour resolves a colour of the palette, such as `landed` or `s1` */

const escape = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Which labels an axis shows: days where there are days, else round hours or minutes, as many as there is room for. @param {string[]} labels @param {number} room */
export function marks(labels, room) {
  const of = (/** @type {RegExp} */ round) => labels.flatMap((label, i) => (round.test(label) ? [i] : []));
  const tries = [of(/^[A-Z].* 00:00$/), ...[/:[0-5]0$/, /:(00|15|30|45)$/, /:(00|30)$/].map(of).filter((found) => labels.length === 60 && found.length)];
  const fits = tries.find((found) => found.length > 1 && found.length <= room);
  if (fits) return new Set(fits);
  const every = labels.length === 24 ? [1, 3, 6, 12].find((n) => 24 / n <= Math.min(room, 12)) ?? 12 : Math.max(1, Math.ceil(labels.length / room));
  return new Set([...labels.keys()].filter((i) => i % every === 0));
}

/** The parts every chart has. @param {ChartData} data @param {Colour} colour @param {string} unit @param {number} width */
export function frame(data, colour, unit, width) {
  const font = { fontFamily: 'Inter, system-ui, sans-serif', fontSize: 11, color: colour('second') };
  const shown = marks(data.labels, Math.max(2, Math.floor((width - 60) / 56)));
  return {
    animation: false,
    textStyle: { fontFamily: font.fontFamily },
    grid: { left: 44, right: 8, top: 28, bottom: 22 },
    xAxis: {
      type: 'category', data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('line') } },
      axisLabel: { ...font, interval: (/** @type {number} */ i) => shown.has(i), formatter: (/** @type {string} */ label) => label.replace(/^([A-Z].*) 00:00$/, '$1'), hideOverlap: true },
    },
    yAxis: {
      type: 'value', min: 0, minInterval: 1, splitNumber: 3, name: unit, nameGap: 12, nameTextStyle: { ...font, align: 'left', padding: [0, 0, 0, -36] },
      axisLabel: { ...font, formatter: short }, splitLine: { lineStyle: { color: colour('line') } },
    },
    tooltip: {
      trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: colour('card'), borderColor: colour('line'), textStyle: { ...font, fontSize: 13, color: colour('ink') },
      axisPointer: { type: 'line', lineStyle: { color: colour('before') } }, formatter: tooltip(data, colour),
    },
  };
}

/** All series at one point, the greatest first. @param {ChartData} data @param {Colour} colour */
function tooltip(data, colour) {
  return (/** @type {{ dataIndex: number }[]} */ points) => {
    const i = points[0].dataIndex;
    const known = data.series.filter((s) => s.values[i] !== null).sort((a, b) => (b.values[i] ?? 0) - (a.values[i] ?? 0));
    const lines = known.map((s) => `<div><i style="background:${colour(s.key)}"></i>${escape(s.name)}<span>${(s.values[i] ?? 0).toLocaleString('en')}</span></div>`);
    return `<div class="tip"><b>${escape(data.labels[i])}</b>${i === data.open ? ' so far' : ''}${lines.join('') || '<div>nothing</div>'}</div>`;
  };
}

/** The axis' steps up to at least a value, both round. @param {number} value */
export function roundTop(value) {
  const least = Math.max(1, value / 3);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= least && Number.isInteger(n)) ?? 10 * power;
  return { interval: step, max: step * Math.ceil(value / step) };
}

/**
 * Where the axis ends when a few hours of the comparison (files loaded at night) tower over everything else; undefined: they do not.
 * The bars are what the chart is about; but where most of the comparison is higher, as in the morning or on a quiet day, it is shown whole.
 * @param {number} highest of the bars @param {(number | null)[]} before
 */
export function cap(highest, before) {
  const falling = before.map((v) => v ?? 0).sort((a, b) => b - a);
  const usual = Math.max(highest, falling[Math.floor(falling.length / 5)] ?? 0);
  return usual > 0 && falling[0] > 3 * usual ? roundTop(usual * 1.25) : undefined;
}

/** What is beyond the axis: small arrows at its top where the line has a gap, neighbours with one number, their greatest. @param {(number | null)[]} values @param {number} top @param {string} name @param {Colour} colour */
function beyond(values, top, name, colour) {
  const isBeyond = (/** @type {number} */ i) => (values[i] ?? 0) > top;
  let greatest = 0;
  const data = values.map((value, i) => {
    if (!isBeyond(i)) return null;
    greatest = Math.max(isBeyond(i - 1) ? greatest : 0, value ?? 0);
    const label = { show: !isBeyond(i + 1), position: i > values.length * 0.85 ? 'left' : 'right', offset: [0, 7], formatter: short(greatest), color: colour('second'), fontSize: 11 };
    return { value: top, label };
  });
  return {
    type: 'scatter', name, data, silent: true, z: 6, clip: false, symbol: 'triangle', symbolSize: [8, 6], symbolOffset: [0, 7], color: colour('before'), labelLayout: { hideOverlap: true },
  };
}

/** Bars on each other from zero, the unfinished one hatched; what it is compared with as a thin line. @param {ChartData} data @param {Colour} colour @param {string} unit @param {number} width */
export function stack(data, colour, unit, width) {
  const hatch = { symbol: 'rect', symbolSize: 1, rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [3, 3], color: colour('card') };
  const before = data.series.find((s) => s.key === 'before');
  const base = frame(data, colour, unit, width);
  const most = (/** @type {import('./chart-table.js').Series[]} */ some) => Math.max(0, ...data.labels.map((_, i) => some.reduce((sum, s) => sum + (s.values[i] ?? 0), 0)));
  const top = before && cap(most(data.series.filter((s) => s !== before)), before.values);
  const within = (/** @type {number | null} */ v) => (top && v !== null && v > top.max ? null : v);
  return {
    ...base,
    yAxis: { ...base.yAxis, ...top },
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    legend: { show: !!before, data: before ? [{ name: before.name, icon: 'path://M0 9h22v1.500h-22z' }] : [], right: 26, top: -2, itemWidth: 18, itemHeight: 2, selectedMode: false, textStyle: { color: colour('second'), fontSize: 11 } },
    series: [
      ...data.series.filter((s) => s.key !== 'before' && s.values.some((v) => v)).map((s) => ({
        type: 'bar', stack: 'account', name: s.name, barMaxWidth: 30, barCategoryGap: data.labels.length > 40 ? '12%' : '38%', color: colour(s.key),
        data: s.values.map((v, i) => (i === data.open ? { value: v, itemStyle: { decal: hatch } } : v)),
      })),
      ...(before ? [{
        type: 'line', name: before.name, data: before.values.map(within), symbol: 'none', silent: true, z: 5, lineStyle: { width: 1.2, color: colour('before') }, color: colour('before'),
      }] : []),
      ...(before && top ? [beyond(before.values, top.max, before.name, colour)] : []),
    ],
  };
}

/** How far, in pixels, each name at a line's end moves up so that no two touch. @param {number[]} ends @param {number} most */
export function apart(ends, most) {
  const heights = ends.map((end) => (end / most) * 120);
  const moved = [...heights];
  let last = -Infinity;
  for (const i of ends.map((_, n) => n).sort((a, b) => heights[a] - heights[b])) last = moved[i] = Math.max(heights[i], last + 15);
  return moved.map((height, i) => heights[i] - height);
}

/** A line a series; up to four are named at their end, more in a legend that filters; the unfinished end is dashed. @param {ChartData} data @param {Colour} colour @param {string} unit @param {number} width */
export function lines(data, colour, unit, width) {
  const base = frame(data, colour, unit, width);
  const isNamed = data.series.length <= 4 && width > 480;
  const lift = apart(data.series.map((s) => s.values.at(-1) ?? 0), Math.max(1, ...data.series.flatMap((s) => s.values.map((v) => v ?? 0))));
  const whole = data.open > 0 ? data.open : data.labels.length;
  const tail = (/** @type {(number | null)[]} */ values) => values.map((v, i) => (i >= whole - 1 ? v : null));
  return {
    ...base,
    grid: { ...base.grid, right: isNamed ? 104 : 8 },
    yAxis: { ...base.yAxis, name: isNamed ? unit : '' },
    legend: isNamed ? undefined : { right: 22, top: 0, icon: 'roundRect', itemWidth: 9, itemHeight: 9, data: data.series.map((s) => s.name), textStyle: { color: colour('second'), fontSize: 12 } },
    series: data.series.flatMap((s, i) => [
      {
        type: 'line', name: s.name, data: s.values.map((v, i) => (i < whole ? v : null)), symbol: 'none', color: colour(s.key), lineStyle: { width: 1.8 },
      },
      {
        type: 'line', name: s.name, data: tail(s.values), symbol: 'none', color: colour(s.key), lineStyle: { width: 1.4, type: 'dashed', opacity: 0.7 },
        endLabel: { show: isNamed, formatter: s.name, color: colour(s.key), fontWeight: 600, fontSize: 12, distance: 8, width: 92, overflow: 'truncate', offset: [0, lift[i]] },
      },
    ]),
  };
}
