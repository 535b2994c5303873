import type { InstruireBridge } from '../../shared/ipc';

declare global {
  interface Window {
    readonly instruire: InstruireBridge;
  }
}
