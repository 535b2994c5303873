import { BrowserWindow } from 'electron';

const footer =
  '<div style="width:100%;padding:0 12mm;font:8px sans-serif;color:#555;display:flex;justify-content:space-between">' +
  '<span>Instruire : données issues d’API Entreprise</span><span>Page <span class="pageNumber"></span> sur <span class="totalPages"></span></span></div>';

/** The window in print (its `@media print` rules), on numbered A4 pages. */
export async function printWindow(): Promise<Buffer> {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('no window to print');
  return window.webContents.printToPDF({
    pageSize: 'A4',
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footer,
    margins: { top: 0.5, bottom: 0.7, left: 0.5, right: 0.5 },
  });
}

/** The system's print dialog; the margins are those of what is printed. */
export function printOnPaper(): Promise<boolean> {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('no window to print');
  return new Promise((resolve) => window.webContents.print({ printBackground: true, margins: { marginType: 'none' } }, (isPrinted) => resolve(isPrinted)));
}
