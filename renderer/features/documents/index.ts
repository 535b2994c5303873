export { AllDocuments, AllDocumentsProgress } from './all-documents';
export { DocumentViewer } from './document-viewer';
export { DocumentsScreen } from './documents-screen';
