import { LabIcon } from '@jupyterlab/ui-components';

/** A way with three stops; the last one is still open. */
export const mapIcon = new LabIcon({
  name: 'courseware:map',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<g class="jp-icon3" fill="#616161"><circle cx="6" cy="18" r="3.2"/><circle cx="12" cy="11" r="3.2"/>' +
    '<path d="M18 1.8a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4zm0 1.8a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z"/>' +
    '<path d="M7.4 17.6l-1.4-1.2 5.6-6.4 1.4 1.2zM13 11.6l-1.2-1.4 4.6-4 1.2 1.4z"/></g></svg>'
});
