import type { InstruireBridge } from '../../shared/ipc';

declare global {
  interface Window {
    readonly instruire: InstruireBridge;
  }
  /** In a page's own code, where `window` may be the name of Playwright's page around it. */
  var instruire: InstruireBridge;
}
