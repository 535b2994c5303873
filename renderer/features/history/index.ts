export { HistoryPanel } from './history-panel';
export { type JournalLine, outcomes, subjectOf, unknownHabilitation, whenText } from './journal-text';
export { readPastedIds } from './pasted-ids';
export { useVerification, type Verification } from './use-verification';
export { VerificationVerdict } from './verification-verdict';
