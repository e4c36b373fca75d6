// @ts-check

/** Copies the text of the command it holds. */
class WeirCopy extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', this.copy);
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.copy);
  }

  /** @param {Event} event */
  copy = async (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const code = this.querySelector('code');
    if (!button || !code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      this.toggleAttribute('data-copied', true);
      button.title = 'Copied';
      setTimeout(() => { this.removeAttribute('data-copied'); button.title = 'Copy'; }, 1500);
    } catch {
      // No clipboard here (plain http under another name): select the text, so that one key copies it.
      getSelection()?.selectAllChildren(code);
    }
  };
}

customElements.define('weir-copy', WeirCopy);
