export { type ComparisonDeps } from './comparison';
export { pieceHandlers } from './handlers';
export { createReadPdfText } from './pdf-text';
export { createPieceRecords, type PieceRecords, piecesSchema } from './piece-records';
export { Pieces } from './pieces';
