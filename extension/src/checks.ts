// The checks of a notebook, by what its cells say.

import { NotebookPanel } from '@jupyterlab/notebook';

const CHECK = /\.check\(\s*["'][^"']+["']|^\s*%%check[ \t]+\S/m;
const CARD = '.cw-check';

/**
 * Go to the next check that is not answered right, after the active cell and from the top again.
 * Tells whether there is one.
 */
export async function goToNextCheck(panel: NotebookPanel): Promise<boolean> {
  await panel.context.ready;
  await panel.revealed;
  const { content } = panel;
  const cells = content.widgets;
  const from = content.activeCellIndex + 1;
  for (let step = 0; step < cells.length; step += 1) {
    const at = (from + step) % cells.length;
    const cell = cells[at];
    if (!cell || !CHECK.test(cell.model.sharedModel.getSource()) || cell.node.querySelector('.cw-feedback.cw-good')) {
      continue;
    }
    content.deselectAll();
    content.mode = 'command';
    content.activeCellIndex = at;
    await content.scrollToItem(at, 'center');
    const card = cell.node.querySelector<HTMLElement>(CARD);
    const control = card?.querySelector<HTMLElement>('input, textarea, select, button:not([hidden])');
    if (control) {
      control.focus();
    } else {
      panel.activate();
    }
    return true;
  }
  return false;
}
