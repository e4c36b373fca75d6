// @ts-check

/** Turns light to dark and back; the choice is a cookie, so that the server draws the next page in it at once. */
class WeirTheme extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', this.turn);
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.turn);
  }

  turn = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
    document.cookie = `weir-theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
    document.dispatchEvent(new CustomEvent('weir:theme'));
  };
}

customElements.define('weir-theme', WeirTheme);
