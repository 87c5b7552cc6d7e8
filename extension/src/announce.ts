// A live region that is there whether or not the map is shown: screen readers hear of an unlock anywhere.

import { h } from './node';

export function announcer(): (sentence: string) => void {
  const region = h('div', { class: 'cw-map-aside', role: 'status', 'aria-live': 'polite', id: 'courseware-news' });
  document.body.append(region);
  return sentence => {
    region.textContent = '';
    // A text that comes a moment later is read, also where it is the same as before.
    window.setTimeout(() => (region.textContent = sentence), 50);
  };
}
