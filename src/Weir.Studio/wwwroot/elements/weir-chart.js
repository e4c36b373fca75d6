// @ts-check
import { read } from './chart-table.js';
import { lines, stack } from './chart-options.js';
import { columns, trend } from './chart-trend.js';

/** Loaded once, when the first chart is on a page. @type {Promise<any> | undefined} */
let library;

/** Draws its table; follows it when it changes, and the palette. A key shows the table itself. */
class WeirChart extends HTMLElement {
  /** @type {any} */ chart;
  /** @type {MutationObserver | undefined} */ watcher;
  /** @type {ResizeObserver | undefined} */ sizer;

  async connectedCallback() {
    this.addEventListener('click', this.press);
    document.addEventListener('weir:theme', this.draw);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.draw);
    try {
      library ??= import('../lib/echarts.esm.min.js');
      const [echarts] = await Promise.all([library, document.fonts.ready]);
      if (!this.isConnected || this.chart || !this.plot) return;
      this.chart = echarts.init(this.plot, null, { renderer: 'canvas' });
    } catch (error) {
      console.error(error);
      this.toggleAttribute('data-table', true);
      return;
    }
    this.draw();
    this.watcher = new MutationObserver(() => this.draw());
    const holder = this.querySelector('.scroll');
    if (holder) this.watcher.observe(holder, { childList: true, subtree: true, characterData: true });
    this.sizer = new ResizeObserver(() => { this.chart?.resize(); this.draw(); });
    this.sizer.observe(this.plot);
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.press);
    document.removeEventListener('weir:theme', this.draw);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.draw);
    this.watcher?.disconnect();
    this.sizer?.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  /** @returns {HTMLElement | null} */
  get plot() { return this.querySelector('.plot'); }

  draw = () => {
    const table = this.querySelector('table');
    if (!this.chart || !table || !this.plot?.clientWidth) return;
    const data = read(table);
    const make = { lines, stack, columns, trend }[this.getAttribute('kind') ?? ''] ?? stack;
    const unit = this.dataset.format ? `${this.dataset.format} ${this.dataset.symbol ?? ''}` : this.dataset.unit ?? '';
    this.chart.setOption(make(data, this.colour, unit, this.plot.clientWidth), { notMerge: true });
  };

  /** A colour of the palette as the theme has it now. @param {string} name */
  colour = (name) => {
    const plot = /** @type {HTMLElement} */ (this.plot);
    plot.style.color = `var(--${name})`;
    const value = getComputedStyle(plot).color;
    plot.style.color = '';
    return value;
  };

  /** @param {Event} event */
  press = (event) => {
    const key = event.target instanceof Element ? event.target.closest('.as-table') : null;
    if (!key) return;
    key.setAttribute('aria-pressed', String(this.toggleAttribute('data-table')));
    this.draw();
  };
}

customElements.define('weir-chart', WeirChart);
