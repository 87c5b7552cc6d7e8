// Nodes of the page.

export type Child = Node | string | null | undefined | false | readonly Child[];
type Listener = (event: Event) => void;
export type Attributes = Readonly<Record<string, string | number | boolean | Listener | null | undefined>>;

/** A node with attributes and children; a name that begins with `on` takes a listener. Text is never read as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  add(node, children);
  return node;
}

function add(node: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) {
      add(node, child as readonly Child[]);
    } else if (child instanceof Node) {
      node.appendChild(child);
    } else if (typeof child === 'string') {
      node.appendChild(document.createTextNode(child));
    }
  }
}

/** A button; `key` lets it keep the focus when what is around it is drawn anew. */
export const button = (key: string, look: string, act: () => void, ...children: Child[]): HTMLButtonElement =>
  h('button', { type: 'button', class: look, 'data-key': key, onclick: act }, ...children);

/** A level: a disc that fills by quarters, and its word. */
export const level = (of: { level: number; word: string }): HTMLElement =>
  h(
    'span',
    { class: `cw-level cw-l${of.level}` },
    h('span', { class: 'cw-disc', 'aria-hidden': 'true' }),
    of.word
  );

const LOCK = 'M6 9V6.5a4 4 0 0 1 8 0V9M4.5 9h11v8h-11z';

/** “Locked”, as a shape and as a word. */
export function locked(): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', LOCK);
  svg.appendChild(path);
  return h('span', { class: 'cw-level cw-map-lock' }, svg, 'Locked');
}

/** Puts children into a place; the focus stays on the node of the same key. */
export function redraw(place: HTMLElement, children: readonly Child[]): void {
  const focused = place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
  place.replaceChildren();
  add(place, children);
  if (focused !== undefined) {
    place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}
