export { DocumentViewer } from './document-viewer';
export { DocumentsScreen } from './documents-screen';
