// Run by WebTests (node --test). The modules are the Studio's own; a table is given as the few members they read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const load = async (file) => {
  // The folder has no package.json that would call its files modules; the browser knows by type="module".
  const text = readFileSync(join(process.env.WEIR_ELEMENTS, file), 'utf8').replace("'./chart-table.js'", `'${table}'`).replace("'./chart-options.js'", `'${options}'`);
  return `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
};
let table = '';
let options = '';
table = await load('chart-table.js');
const { number, short } = await import(table);
const { marks, apart, cap, roundTop, stack, lines } = await import(options = await load('chart-options.js'));
const { columns, isAlmostWhole, isFromZero, trend, writer } = await import(await load('chart-trend.js'));
const colour = (name) => `<${name}>`;

test('an empty cell is a gap, not zero', () => {
  assert.equal(number(''), null);
  assert.equal(number('0'), 0);
  assert.equal(number('41,208,377'), 41208377);
  assert.equal(number('−3'), -3);
});

test('axes are short', () => assert.deepEqual([950, 9400, 30000, 1.5e6, 2e9].map(short), ['950', '9,400', '30 k', '1.5 M', '2 bn']));

test('an axis shows days, round hours, or round minutes', () => {
  const hours = Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'));
  assert.deepEqual([...marks(hours, 20)].map((i) => hours[i]), ['00', '03', '06', '09', '12', '15', '18', '21']);
  const minutes = Array.from({ length: 60 }, (_, i) => `${i < 18 ? '08' : '09'}:${String((i + 42) % 60).padStart(2, '0')}`);
  assert.deepEqual([...marks(minutes, 10)].map((i) => minutes[i]), ['08:50', '09:00', '09:10', '09:20', '09:30', '09:40']);
  const week = ['Sun', 'Mon'].flatMap((day) => hours.map((hour) => `${day} ${hour}:00`));
  assert.deepEqual([...marks(week, 10)].map((i) => week[i]), ['Sun 00:00', 'Mon 00:00']);
});

test('names at the ends of lines do not touch', () => {
  const ends = [0, 2, 3, 100];
  const heights = apart(ends, 100).map((lift, i) => (ends[i] / 100) * 120 - lift).sort((a, b) => a - b);
  for (let i = 1; i < heights.length; i++) assert.ok(heights[i] - heights[i - 1] >= 15 - 1e-9);
});

test('the unfinished bar is hatched, the comparison is a line, what is nowhere is not drawn', () => {
  const data = { labels: ['08', '09'], open: 1, series: [{ name: 'Landed', key: 'landed', values: [5, 3] }, { name: 'Dropped', key: 'dropped', values: [0, 0] }, { name: 'last Saturday', key: 'before', values: [4, 4] }] };
  const made = stack(data, colour, 'events an hour', 1000);
  assert.deepEqual(made.series.map((s) => s.type), ['bar', 'line']);
  assert.equal(made.series[0].data[0], 5);
  assert.ok(made.series[0].data[1].itemStyle.decal);
  assert.equal(made.yAxis.min, 0);
});

test('a few towering hours of the comparison become arrows at the top of a round axis', () => {
  const bars = [40, 300, 600, 900, 1152, 800, 500, 100, 50, 20];
  const made = (before) => stack({ labels: bars.map(String), open: -1, series: [{ name: 'Landed', key: 'landed', values: bars }, { name: 'before', key: 'before', values: before }] }, colour, '', 1000);
  const night = made([0, 0, 541909, 4000, 0, 0, null, 0, 0, 9]);
  assert.equal(night.yAxis.max, 1500);
  assert.equal(night.yAxis.interval, 500);
  assert.deepEqual(night.series[1].data, [0, 0, null, null, 0, 0, null, 0, 0, 9]);
  const arrows = night.series[2].data.map((d) => d && [d.value, d.label.show && d.label.formatter]);
  assert.deepEqual(arrows, [null, null, [1500, false], [1500, '541.9 k'], null, null, null, null, null, null]);
  const like = made(bars.map((v) => v * 2));
  assert.equal(like.yAxis.max, undefined);
  assert.equal(like.series.length, 2);
});

test('a comparison that is higher throughout, as in the morning, is shown whole', () => {
  assert.equal(cap(20, [30, 500, 900, 1000, 1100, 1200, 1000, 900, 800, 700]), undefined);
  assert.equal(cap(0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 9000]), undefined);
});

test('an axis ends at a round number', () => {
  assert.deepEqual([1440, 3, 31, 100, 76250].map((v) => roundTop(v).max), [1500, 3, 40, 100, 100000]);
});

test('a tooltip lists all series, the greatest first, as text', () => {
  const data = { labels: ['08:00', '08:01'], open: -1, series: [{ name: '<b>small</b>', key: 's1', values: [1, 2] }, { name: 'big', key: 's2', values: [9, 9] }] };
  const html = lines(data, colour, '', 1000).tooltip.formatter([{ dataIndex: 0 }]);
  assert.ok(html.indexOf('big') < html.indexOf('small'));
  assert.ok(!html.includes('<b>small'));
});

test('up to four lines are named at their end, more have a legend', () => {
  const series = Array.from({ length: 5 }, (_, i) => ({ name: `s${i}`, key: `s${i + 1}`, values: [1, 2, 3] }));
  const data = { labels: ['08:00', '08:01', '08:02'], open: 2, series };
  assert.equal(lines({ ...data, series: series.slice(0, 4) }, colour, '', 1000).legend, undefined);
  assert.equal(lines(data, colour, '', 1000).legend.data.length, 5);
});

test('a metric is written as its format says', () => {
  assert.equal(writer('money €')(1234567), '€1.2 M');
  assert.equal(writer('money €')(-3.5, true), '−€3.50');
  assert.equal(writer('percent ')(0.02314, true), '2.31 %');
  assert.equal(writer('count ')(1234.4, true), '1,234');
});

test('a line is from zero unless all of it lies far above', () => {
  const of = (...values) => [{ name: 'a', key: 's1', values }];
  assert.equal(isFromZero(of(10, 20, null)), true);
  assert.equal(isFromZero(of(90, 100)), false);
  assert.equal(isFromZero(of(-1, 5)), false);
  assert.equal(isAlmostWhole({ labels: [], open: -1, series: of(0.9, 0.95) }, 'percent '), true);
  assert.equal(isAlmostWhole({ labels: [], open: -1, series: of(0.02) }, 'percent '), false);
});

test('the unfinished end of a trend is dashed, what is before is thin, a gap stays a gap', () => {
  const data = { labels: ['a', 'b', 'c', 'd'], open: 3, series: [{ name: 'now', key: 's1', values: [1, null, 3, 2] }, { name: 'then', key: 'before', values: [1, 2, 3, 4] }] };
  const made = trend(data, colour, 'count ', 1000).series;
  assert.deepEqual(made.map((s) => s.data), [[1, null, 3, null], [null, null, 3, 2], [1, 2, 3, 4]]);
  assert.equal(made[1].lineStyle.type, 'dashed');
  assert.equal(made[2].color, '<before>');
});

test('the unfinished bar is hatched, and bars are from zero', () => {
  const data = { labels: ['a', 'b'], open: 1, series: [{ name: 'now', key: 's1', values: [400, 100] }] };
  const made = columns(data, colour, 'money €', 1000);
  assert.equal(made.yAxis.min, 0);
  assert.ok(made.series[0].data[1].itemStyle.decal);
});
